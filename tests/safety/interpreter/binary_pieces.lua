-- expect status: 1
-- expect error: binary_pieces.lua:5: load: only text is loaded, not binary chunks
-- In pieces, the first of which is one byte.
local pieces, i = { "\27", "Lua", "\84\0\25\147" }, 0
assert(load(function() i = i + 1 return pieces[i] end, "=chunk", "b"))
