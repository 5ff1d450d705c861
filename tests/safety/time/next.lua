-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- The order of keys costs a sort; a table that is asked for its first key again and again is sorted each time.
local t = {}
for i = 1, 20000 do t["k" .. i] = i end
while true do next(t) end
