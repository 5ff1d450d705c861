-- expect status: 1
-- expect error: finalizer_later.lua:11: none ran
-- Metatables with a finalizer behind another metatable, or put into one that has been set.
local ran = false
local hidden = setmetatable({}, { __index = { __gc = function() ran = true end } })
setmetatable({}, hidden)
local meta = { __gc = nil }
for i = 1, 1000 do setmetatable({}, meta) end
meta.__gc = function() ran = true end
for i = 1, 100000 do local garbage = { i } end
error(ran and "one ran" or "none ran")
