-- expect status: 1
-- expect error: per_trial_count.lua:7: per_trial function 'count', trial 10: it gave
-- A function that counts its calls.
local roi = require "roisim"
local model = roi.model { name = "counts" }
local n = 0
model.outputs.x = roi.per_trial("count", function() n = n + 1 return n end)
return model
