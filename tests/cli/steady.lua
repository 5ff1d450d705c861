-- Values that relative errors stumble over: always 0, and as often below 0 as above. Conditions, one that no trial meets.
local roi = require "roisim"
local model = roi.model { horizon = 1 }
model.inputs.x = roi.normal(0, 1)
model.outputs.zero = model.inputs.x * 0
model.outputs.even = model.inputs.x * 1
model.outputs.high = roi.gt(model.inputs.x, 1)
model.outputs.never_so = roi.gt(model.inputs.x, 9)
return model
