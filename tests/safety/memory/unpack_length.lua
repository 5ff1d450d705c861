-- expect status: 1
-- expect error: unpack_length.lua:4: too many results to unpack
-- A fake length, and one that the stack could just bear.
return table.unpack(setmetatable({}, { __len = function() return 1 << 30 end }))
