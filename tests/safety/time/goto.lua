-- expect status: 3
-- expect error: goto.lua:4: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
::again:: goto again
