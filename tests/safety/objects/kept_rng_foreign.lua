-- expect status: 1
-- expect error: bad argument #1 to 'uniform' (rng expected, got table)
local roi = require "roisim"
local model = roi.model { name = "kept" }
model.outputs.x = roi.per_trial("late", function(rng) return rng.uniform({}) end)
return model
