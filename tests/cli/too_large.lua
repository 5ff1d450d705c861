local roi = require "roisim"
local model = roi.model { name = "too large" }
local load = roi.normal(5, 1)
model.outputs.wait = roi.per_trial("wait", function(rng, x) return x <= 5 and x or error("too large") end, load)
return model
