-- expect status: 3
-- expect error: the model is too large to plan: over 4000000 operations once its periods are written out; shorten the horizon or use fewer series
-- The graph is small, and each of its series has 65,535 periods.
local roi = require "roisim"
local model = roi.model { name = "large", horizon = 65535 }
local s, a = model.time, roi.uniform(0, 1)
for i = 1, 200 do s = s * a + i end
model.outputs.x = roi.sum(s)
return model
