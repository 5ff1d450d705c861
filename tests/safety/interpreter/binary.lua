-- expect status: 1
-- expect error: binary.lua:4: load: only text is loaded, not binary chunks
-- Bytes that stock Lua would run without a check, whatever mode is asked for.
assert(load("\27Lua\84\0\25\147\r\n\26\n\4\8\8", "chunk", "b"))
