-- expect status: 1
-- expect error: pack.lua:6: refused
-- Sizes that overflow.
assert(not pcall(string.pack, "s17", ""))
assert(not pcall(string.packsize, ("c2147483647"):rep(2)))
if not pcall(string.rep, ("x"):rep(1 << 20), 1 << 43) then error("refused") end
