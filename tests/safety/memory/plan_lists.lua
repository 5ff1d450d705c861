-- expect status: 3
-- expect error: the model is too large to plan: its series, and what roi.irr and roi.per_trial are given, have over 64000000 numbers once their periods are written out; shorten the horizon or use fewer series
-- Few operations, each of which is given a series of 65,535 periods seven times.
local roi = require "roisim"
local model = roi.model { name = "lists", horizon = 65535 }
local s, b = roi.each_period(roi.uniform(0, 1)), 0
for i = 1, 150 do b = b + roi.per_trial("b" .. i, function(_, a) return a[1] end, s, s, s, s, s, s, s) end
model.outputs.b = b
return model
