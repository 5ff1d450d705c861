-- expect status: 1
-- expect error: per_trial_between.lua:9: per_trial function 'b', trial
-- args: --trials 500 --threads 1
-- One function leaves what another takes: trials run block by block, so this is the last of the block.
local roi = require "roisim"
local model = roi.model { name = "between" }
local left
local a, b = roi.per_trial("a", function(rng) left = rng:uniform() return left end), nil
b = roi.per_trial("b", function(_, x) return left + 0 * x end, a)
model.outputs.a, model.outputs.b = a, b
return model
