-- expect status: 1
-- expect error: require_in_trial.lua:6: per_trial function 'late', trial 1: module 'other' can't be required while trials run
-- A worker asks for a file during the run.
local roi = require "roisim"
local model = roi.model { name = "kept" }
model.outputs.x = roi.per_trial("late", function() return require("other").x end)
return model
