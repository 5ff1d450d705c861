-- expect status: 1
-- expect error: metatables.lua:19: all are out of reach
-- The metatables of what the library hands out, and of what is shared by all values of a type.
local roi = require "roisim"
local model = roi.model { name = "metatables" }
local draw = roi.normal(0, 1)
local series = roi.recur(draw, function(x) return x * 2 end)
model.inputs.price = roi.uniform(1, 2)
local shared = { "text", 1, true, print, coroutine.create(print), function() end }
for _, v in ipairs { roi, model, model.inputs, model.outputs, draw, series, roi.curve, roi.process, string, table, math, utf8, coroutine, "text" } do
  assert(not getmetatable(v), tostring(v))
  assert(not pcall(setmetatable, v, {}))
end
for _, v in ipairs(shared) do
  assert(not getmetatable(v) and not pcall(setmetatable, v, { __index = shared }))
end
for _, v in ipairs { roi, model, model.inputs, model.outputs, roi.curve, string, math } do
  assert(not pcall(rawset, v, "x", 1))
end error("all are out of reach")
