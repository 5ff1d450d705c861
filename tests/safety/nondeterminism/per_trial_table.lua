-- expect status: 1
-- expect error: per_trial_table.lua:7: per_trial function 'previous', trial 10: it gave
-- State in a table, of the previous trial's draw.
local roi = require "roisim"
local model = roi.model { name = "previous" }
local last = { 0 }
model.outputs.x = roi.per_trial("previous", function(rng) local before = last[1] last[1] = rng:uniform() return before end)
return model
