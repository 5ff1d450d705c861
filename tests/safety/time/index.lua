-- expect status: 3
-- expect error: index.lua:5: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- Metamethods: of a field, a comparison, a concatenation, a length and a call.
local spin = function() while true do end end
local t = setmetatable({}, { __index = spin, __lt = spin, __concat = spin, __len = spin, __call = spin })
return t.field, t < t, t .. t, #t, t()
