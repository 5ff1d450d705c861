-- expect status: 3
-- expect error: check.lua:5: script time of 0.2 s used up; raise it with --script-time
-- args: check --script-time 0.2
-- Under another command.
while true do end
