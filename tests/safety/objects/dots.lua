-- expect status: 1
-- expect error: dots.lua:18: each call was refused
-- Methods called with a dot, on nothing, or on something else.
local roi = require "roisim"
local model = roi.model { name = "dots" }
local draw, other = roi.uniform(0, 1), { nil, false, 5, "text", {}, print, coroutine.create(print), model, model.inputs, roi }
local function refused(f, ...)
  local ok, why = pcall(f, ...)
  assert(not ok and type(why) == "string" and #why < 500, tostring(why))
end
for i = 1, 10 do
  refused(draw.truncate, other[i], 0, 1)
  refused(draw.name, other[i], "x")
  if i ~= 8 then refused(model.cost, other[i], "x", 1) end
  refused(roi.sum, other[i])
  refused(roi.last, other[i])
end
error("each call was refused")
