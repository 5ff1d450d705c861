-- expect status: 3
-- expect error: loop.lua:5: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
local n = 0
while true do n = n + 1 end
