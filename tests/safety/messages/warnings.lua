-- expect status: 0
-- expect error: warning
local roi = require "roisim"
local model = roi.model { name = "warned" }
model.inputs["\27]0;title\7"] = roi.uniform(0, 1)
model.outputs.x = roi.uniform(0, 1)
return model
