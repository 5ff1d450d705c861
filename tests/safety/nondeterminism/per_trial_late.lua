-- expect status: 1
-- expect error: per_trial_late.lua:8: per_trial function 'count', trial
-- args: --trials 20000 --threads 2
-- One whose count matters only after 5,000 calls: which trials these are depends on the number of workers.
local roi = require "roisim"
local model = roi.model { name = "counts" }
local n = 0
model.outputs.x = roi.per_trial("count", function() n = n + 1 return n > 5000 and 1 or 0 end)
return model
