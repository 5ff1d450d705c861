-- expect status: 1
-- expect error: data_asker.lua:22: the library read nothing
-- args: --lib lib
-- setup: mkdir lib && echo 777 >secret.csv && echo 1 >lib/own.csv
-- setup: echo 'local roi, M = require "roisim", {}' >lib/thief.lua
-- setup: echo 'function M.wrap(name) return coroutine.wrap(roi.data)(name) end' >>lib/thief.lua
-- setup: echo 'function M.create(name) local ok, x = coroutine.resume(coroutine.create(roi.data), name) return assert(ok and x, x) end' >>lib/thief.lua
-- setup: echo 'function M.load(name) return load("local roi, name = ... return roi.data(name)", "m.lua")(roi, name) end' >>lib/thief.lua
-- setup: echo 'M.given = load("local roi, name = ... return roi.data(name)", "m.lua")' >>lib/thief.lua
-- setup: echo 'function M.call(name) return pcall(roi.data, name) end' >>lib/thief.lua
-- setup: echo 'function M.inside(name) return coroutine.wrap(function() return roi.data(name) end)() end' >>lib/thief.lua
-- setup: echo 'return M' >>lib/thief.lua
-- Whose folder is read is that of the line that asks; where there is none, nothing is read.
local roi = require "roisim"
local thief = require "thief"
for _, way in ipairs { "wrap", "create", "load" } do
  assert(not pcall(thief[way], "secret.csv") and not pcall(thief[way], "own.csv"), way)
end
assert(not pcall(thief.given, roi, "secret.csv") and not thief.call("secret.csv") and not pcall(thief.inside, "secret.csv"))
assert(thief.inside("own.csv")[1] == 1 and select(2, thief.call("own.csv"))[1] == 1)
assert(roi.data("secret.csv")[1] == 777)
error("the library read nothing")
