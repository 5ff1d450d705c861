-- expect status: 1
-- expect error: environment.lua:15: nothing came of it
-- Environments: of the file, of a function, of a loaded text, and what they are made of.
assert(getmetatable(_G) == false and getmetatable(_ENV) == false and not pcall(setmetatable, _G, {}))
assert(_G == _ENV and not pcall(rawset, _G, "x", 1))
local function inner()
  local _ENV = {}
  return print, _G, _ENV.string
end
assert(inner() == nil)
local f = assert(load("return io, os, debug, package, _G, string", "text", "t", {}))
for i = 1, 6 do assert(select(i, f()) == nil) end
assert(load("local _ENV = ... return load")(_G) == load and load("x = 1", "text", "t", setmetatable({}, { __newindex = error })))
assert(not pcall(load("upper = 1", "text", "t", string)))
error("nothing came of it")
