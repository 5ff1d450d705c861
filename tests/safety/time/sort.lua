-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- A sort whose comparisons are one long call of a C function each.
local list = {}
local slow = { __lt = function(a, b) return (("a"):rep(30)):find((".-"):rep(20) .. "b") ~= nil end }
for i = 1, 1000 do list[i] = setmetatable({}, slow) end
table.sort(list)
