-- expect status: 0
-- expect error: 
-- Of such a chain with conditions each value is needed only where another one asks for it.
local roi = require "roisim"
local model = roi.model { name = "deep", horizon = 1 }
local a, x = roi.uniform(0, 1), 0
for i = 1, 50000 do x = roi.where(roi.lt(a, i / 50000), x + a, a) end
model.outputs.x = x
return model
