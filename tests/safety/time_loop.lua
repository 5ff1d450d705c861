-- expect status: 3
-- expect error: time_loop.lua:5: script time of 0.5 s used up; raise it with --script-time
-- args: --script-time 0.5
local n = 0
while true do n = n + 1 end
