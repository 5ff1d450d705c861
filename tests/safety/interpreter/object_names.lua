-- expect status: 1
-- expect error: attempt to call a nil value
-- A defect of Lua 5.4.6: to name the variable of an error, the interpreter goes back through all copies of it.
local parts = { "local v0\n" }
for i = 1, 190 do parts[#parts + 1] = ("local v%d = v%d\n"):format(i, i - 1) end
parts[#parts + 1] = "return v190()"
assert(load(table.concat(parts)))()
