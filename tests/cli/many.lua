-- More draws than Sobol' points have dimensions, and more made anew each period than a line has room for.
local roi = require "roisim"
local model = roi.model { horizon = 3 }
local sum = 0
for i = 1, 4100 do sum = sum + roi.uniform(0, 1):name("part " .. i) end
for i = 1, 9 do sum = sum + roi.sum(roi.each_period(roi.uniform(0, 1)):name("noise " .. i)) end
model.outputs.sum = sum
return model
