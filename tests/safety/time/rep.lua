-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- One call that copies nothing, 2^60 times.
local s = (""):rep(1 << 60)
