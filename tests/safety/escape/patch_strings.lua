-- expect status: 1
-- expect error: patch_strings.lua:6: the metatable of strings is out of reach
local meta = getmetatable("")
assert(meta == false)
assert(not pcall(setmetatable, "", {}))
error("the metatable of strings is out of reach")
