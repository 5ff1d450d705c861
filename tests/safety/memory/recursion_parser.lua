-- expect status: 1
-- expect error: recursion_parser.lua:4: C stack overflow
local nested = ("("):rep(100000) .. "1"
assert(load("return " .. nested))
