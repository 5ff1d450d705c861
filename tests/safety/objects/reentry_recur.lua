-- expect status: 0
-- expect error: 
-- Functions of the library inside the functions that it calls.
local roi = require "roisim"
local model = roi.model { name = "inside", horizon = 4 }
local function step(previous, p)
  return previous + roi.last(roi.recur(1, function(x, q) return x + roi.sum(roi.series { q, p, q * p, 1 }) end))
end
model.outputs.x = roi.last(roi.recur(roi.uniform(0, 1), step))
return model
