-- expect status: 1
-- expect error: per_trial_first.lua:8: per_trial function 'about', trial 10: it gave
-- What the first trial of a process drew is kept: later calls of a trial give the same, and those of another process do not.
local roi = require "roisim"
local model = roi.model { name = "first" }
local first
local load = roi.uniform(0, 1)
model.outputs.x = roi.per_trial("about", function(rng, at) first = first or rng:uniform() return first + at end, load)
return model
