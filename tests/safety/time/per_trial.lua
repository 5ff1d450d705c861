-- expect status: 3
-- expect error: per_trial.lua:6: per_trial function 'spin', trial 1: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
local roi = require "roisim"
local model = roi.model { name = "per trial" }
model.outputs.x = roi.per_trial("spin", function() while true do pcall(error) end end)
return model
