-- expect status: 1
-- expect error: pieces.lua:15: nothing came of them
-- The library's own pieces, required by a script: they are given no native functions to work with.
local roi = require "roisim"
local pieces = { "part", "model", "use_case", "guards", "check", "csv", "expect", "portfolio", "scenario", "tables", "fields" }
for _, piece in ipairs(pieces) do
  local ok, made = pcall(require, "roisim." .. piece)
  if ok and type(made) == "function" then
    pcall(made)
    pcall(made, {}, {})
    pcall(made, setmetatable({}, { __index = function(_, k) return function() return k end end }), setmetatable({}, { __index = roi }))
  end
end
assert(not pcall(function() return roi.hacked end))
error("nothing came of them")
