-- expect status: 1
-- expect error: kept_per_trial.lua:9: per_trial function 'late', trial 1:
-- Uncertain values and the model, used from inside a trial, when the model is done.
local roi = require "roisim"
local model = roi.model { name = "kept" }
local draw = roi.uniform(0, 1)
model.outputs.y = draw
model.outputs.x = roi.per_trial("late", function()
  model.outputs.z = draw * 2 + roi.normal(0, 1)
  return 1
end)
return model
