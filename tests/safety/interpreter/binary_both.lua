-- expect status: 1
-- expect error: binary_both.lua:3: load: only text is loaded, not binary chunks
assert(load("\27Lua\84\0\25\147\r\n\26\n\4\8\8\120\86", "chunk", "bt"))
