-- expect status: 0
-- expect error: 
-- Texts of objects inside a trial.
local roi = require "roisim"
local model = roi.model { name = "texts" }
model.outputs.x = roi.per_trial("texts", function(rng) return #tostring({}) + #tostring(rng) + #("%s"):format(print) end)
return model
