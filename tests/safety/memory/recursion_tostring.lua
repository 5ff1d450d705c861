-- expect status: 1
-- expect error: C stack overflow || stack overflow
local t
t = setmetatable({}, { __tostring = function() return tostring(t) end })
return tostring(t)
