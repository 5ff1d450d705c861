-- expect status: 1
-- expect error: per_trial function 'late', trial 1: roi.model was called already
local roi = require "roisim"
local model = roi.model { name = "kept" }
model.outputs.x = roi.per_trial("late", function() return roi.model { name = "another" }.horizon end)
return model
