-- expect status: 1
-- expect error: C stack overflow
local function f(s) return (s:gsub(".", f)) end
f("a")
