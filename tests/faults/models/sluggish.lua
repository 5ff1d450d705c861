-- A per-trial function that takes long, though not for ever.
local roi = require "roisim"
local m = roi.model { name = "sluggish", horizon = 3, period = "year" }
m.inputs.load = roi.uniform(1, 5)
m.outputs.sum = roi.per_trial("sum", function(rng, load)
  local sum = load
  for _ = 1, 2000 do sum = sum + rng:uniform() end
  return sum
end, m.inputs.load)
return m
