-- expect status: 1
-- expect error: kept_arithmetic.lua:8: per_trial function 'late', trial 1: the model is complete
-- The result of a trial is an uncertain value.
local roi = require "roisim"
local model = roi.model { name = "kept" }
local draw = roi.uniform(0, 1)
model.outputs.y = draw
model.outputs.x = roi.per_trial("late", function() return draw * 2 end)
return model
