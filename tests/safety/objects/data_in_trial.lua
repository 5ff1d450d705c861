-- expect status: 1
-- expect error: data_in_trial.lua:5: per_trial function 'late', trial 1: 'numbers.csv' can't be read while trials run
local roi = require "roisim"
local model = roi.model { name = "kept" }
model.outputs.x = roi.per_trial("late", function() return roi.data("numbers.csv")[1] end)
return model
