-- Draws that designs of points have no dimension for: anew each period, and those of a function of each trial.
local roi = require "roisim"
local model = roi.model { horizon = 6 }
local x = model.inputs
x.price = roi.normal(10, 2)
x.demand = roi.each_period(roi.poisson(30))
local queue = roi.per_trial("queue", function(rng, price) return price * rng:uniform() end, x.price)
model.outputs.sales = roi.sum(x.price * x.demand) + queue
return model
