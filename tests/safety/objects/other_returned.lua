-- expect status: 1
-- expect error: return model
local roi = require "roisim"
local model = roi.model { name = "other" }
model.outputs.x = roi.uniform(0, 1)
return setmetatable({}, { __index = model })
