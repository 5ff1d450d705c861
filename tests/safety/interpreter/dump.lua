-- expect status: 1
-- expect error: dump.lua:3: attempt to call a nil value (field 'dump')
local bytes = string.dump(function() end)
