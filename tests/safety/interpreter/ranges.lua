-- expect status: 1
-- expect error: ranges.lua:13: right
-- Loops and ranges that end at the largest number.
local n, max = 0, math.maxinteger
for _ = max - 2, max do n = n + 1 end
for _ = math.mininteger + 1, math.mininteger, -1 do n = n + 1 end
for _ = 1, 3, max do n = n + 1 end
for _ = max, 1 / 0, max do n = n + 1 end
assert(n == 7 and #table.concat({ [max] = "x" }, "", max, max) == 1)
assert(table.unpack({ [max] = 5 }, max, max) == 5 and select("#", table.unpack({}, max - 1, max)) == 2)
assert(("abc"):sub(math.mininteger, max) == "abc" and ("abc"):byte(max) == nil and not pcall(table.unpack, {}, math.mininteger, max))
assert(not pcall(table.move, { 1 }, 1, max, max) and not pcall(string.rep, "ab", max))
error("right")
