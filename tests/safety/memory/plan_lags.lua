-- expect status: 3
-- expect error: the model is too large to plan: its series, and what roi.irr and roi.per_trial are given, have over 64000000 numbers once their periods are written out; shorten the horizon or use fewer series
-- Series of the same numbers, a little later each: no operation computes them, and one reads each.
local roi = require "roisim"
local model = roi.model { name = "lags", horizon = 65535 }
local s, b = roi.each_period(roi.uniform(0, 1)) - roi.at(0, 5), 0
for i = 1, 1000 do b = b + roi.last(roi.lag(s, i)) end
model.outputs.b = b
return model
