-- expect status: 1
-- expect error: trial_of_library.lua:6: per_trial function 'f', trial 1: the model is complete
-- A function of the library's own has no line of the script: that of roi.per_trial stands for it.
local roi = require "roisim"
local model = roi.model { name = "m", horizon = 12 }
model.outputs.y = roi.per_trial("f", roi.max, roi.normal(0, 1))
return model
