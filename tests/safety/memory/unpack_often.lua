-- expect status: 1
-- expect error: stack overflow || too many results to unpack
local t = {}
for i = 1, 200000 do t[i] = i end
local function deep(...) return deep(table.unpack(t)), ... end
deep()
