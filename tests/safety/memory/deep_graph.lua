-- expect status: 0
-- expect error: 
-- Each node rests on the one before: nothing may go down such a chain by recursion.
local roi = require "roisim"
local model = roi.model { name = "deep", horizon = 1 }
local x = roi.uniform(0, 1)
for i = 1, 100000 do x = roi.max(x, i / 1e6) end
model.outputs.x = x
return model
