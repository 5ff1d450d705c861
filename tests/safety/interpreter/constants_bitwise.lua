-- expect status: 1
-- expect error: constants_bitwise.lua:11: right
-- Defect 3 of Lua 5.4.4: constants of bitwise operations beyond those that an instruction can name.
local parts = { "local x = 6 local t = {" }
for i = 1, 400 do parts[#parts + 1] = ("%d.5,"):format(i) end
parts[#parts + 1] = "} return x & 0x7fffffff12, 0x7fffffff12 & x, 0x7fffffff10 | x, x ~ 0x7fffffff10, 0x7fffffff00 // x, #t"
local a, b, c, d, e, n = assert(load(table.concat(parts)))()
assert(a == 2 and b == 2 and c == 0x7fffffff16 and d == 0x7fffffff16 and n == 400)
assert(e == 0x7fffffff00 // 6)
assert(not pcall(load("return 1 << {}")))
error("right")
