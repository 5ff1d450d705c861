-- expect status: 1
-- expect error: l2/src/x.lua:2: x of the second
-- args: --lib l1 --lib l2
-- setup: mkdir -p l1/src l2/src && echo 1 >l1/src/d.csv && echo 2 >l2/src/d.csv
-- setup: printf 'local roi, M = require "roisim", {}\nfunction M.fail(why) error(why) end\nfunction M.get() return roi.data("d.csv")[1] end\nreturn M\n' | tee l1/src/x.lua >l2/src/x.lua
-- setup: for l in l1 l2; do echo "return { name = '$l', version = '1', modules = { $l = 'src/x.lua' } }" >$l/library.lua; done
-- Modules that have one path below folders of their own read their own data, and messages tell them apart.
local a, b = require "l1", require "l2"
assert(a.get() == 1 and b.get() == 2, b.get())
assert(select(2, pcall(a.fail, "x of the first")) == "src/x.lua:2: x of the first")
b.fail("x of the second")
