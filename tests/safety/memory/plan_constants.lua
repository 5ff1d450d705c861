-- expect status: 3
-- expect error: the model is too large to plan: over 4000000 different numbers that are the same in each trial once its periods are written out; shorten the horizon or use fewer series
-- Series that are the same in each trial, all of them different numbers, and no operation computes any.
local roi = require "roisim"
local model = roi.model { name = "constants", horizon = 65535 }
local t, b, u = model.time, 0, roi.uniform(0, 1)
for i = 1, 80 do b = b + roi.per_trial("b" .. i, function(_, x, a) return x * a[1] end, u, roi.sqrt(t) * (i + 0.123)) end
model.outputs.b = b
return model
