-- expect status: 1
-- expect error: order.lua:16: always the same
local t = { [2.5] = "f", b = 1, a = 2, [true] = "t", [-1] = "m", [1] = "one", [math.maxinteger] = "max", [2 ^ 63] = "over" }
local seen = {}
for k in pairs(t) do seen[#seen + 1] = tostring(k) end
assert(table.concat(seen, " ") == "-1 1 2.5 9223372036854775807 9.2233720368548e+18 a b true")
local by_next, k = {}, nil
repeat
  k = next(t, k)
  by_next[#by_next + 1] = k ~= nil and tostring(k) or nil
until k == nil
assert(table.concat(by_next, " ") == table.concat(seen, " "))
for key in pairs(t) do t[key] = nil end
assert(next(t) == nil)
assert(not pcall(pairs, { [{}] = 1, [{}] = 2 }), "an order of addresses")
error("always the same")
