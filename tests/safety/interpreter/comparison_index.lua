-- expect status: 1
-- expect error: comparison_index.lua:7: right
-- A defect of Lua 5.4.7: wrong code for indices that are comparisons.
local t = { [true] = "yes", [false] = "no" }
local a, b, nothing = 1, 2, nil
local r = { t[a < b], t[a == b], t[not (a < b)], t[a ~= nil and a < b], t[nothing == nil], (t[a >= b]) }
error(table.concat(r, " ") == "yes no no yes yes no" and "right" or table.concat(r, " "))
