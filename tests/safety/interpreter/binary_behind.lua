-- expect status: 1
-- expect error: binary_behind.lua:6: refused
-- Behind what the stock loader passes over in files.
assert(not load("\xEF\xBB\xBF\27Lua\84\0"))
assert(not load("#!/usr/bin/lua\n\27Lua\84\0"))
error("refused")
