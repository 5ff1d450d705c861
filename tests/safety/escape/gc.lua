-- expect status: 1
-- expect error: gc.lua:5: setmetatable: '__gc' is not available in model scripts
-- A finalizer would run where no limit is looked at.
local t = {}
setmetatable(t, { __gc = function() while true do end end })
