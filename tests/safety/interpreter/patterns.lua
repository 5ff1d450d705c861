-- expect status: 1
-- expect error: patterns.lua:12: right
-- Patterns that nest, capture and recurse beyond what the matcher bears.
local deep = ("("):rep(40)
assert(not pcall(string.find, "x", deep) and not pcall(string.gsub, "x", "x", "%9"))
assert(not pcall(string.find, ("a"):rep(300000), (".-"):rep(300000) .. "b") or true)
local ok, why = pcall(string.match, ("x"):rep(300000), ("x?"):rep(300000))
assert(ok or why:find("too complex"))
assert(not pcall(string.find, "a", "[a") and not pcall(string.find, "a", "%") and not pcall(string.find, "a", "[%"))
assert(not pcall(string.gsub, "abc", "%w", "%") and ("abc"):gsub("", "-") == "-a-b-c-")
assert(("%d"):rep(0) == "" and not pcall(string.format, ("%d"):rep(300), table.unpack({}, 1, 200)))
error("right")
