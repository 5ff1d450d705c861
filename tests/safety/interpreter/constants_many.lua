-- expect status: 1
-- expect error: constants_many.lua:11: right
-- More constants than instructions have room for, in a table, in calls, in comparisons and as fields.
local parts = { "local f, t = ..., {}\n" }
for i = 1, 70000 do parts[#parts + 1] = ("t.k%d = %d.25\n"):format(i, i) end
parts[#parts + 1] = "return f(t.k1, t.k70000, t.k300 == 300.25, t.k69999 < 69999.5, 'last')"
local function f(a, b, c, d, e)
  return a + b, c, d, e
end
local sum, same, less, last = assert(load(table.concat(parts)))(f)
error(sum == 70001.5 and same and less and last == "last" and "right" or "wrong")
