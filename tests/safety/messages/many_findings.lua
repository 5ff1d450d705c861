-- expect status: 1
-- expect error:
-- expect output: and 4000 more, which --json lists
-- expect output: 5000 findings, of which every run warns of 5000
-- args: check
local roi = require "roisim"
local model = roi.model { name = "findings" }
for i = 1, 5000 do local unset = _G["x" .. i] end
model.outputs.a = roi.uniform(0, 1)
return model
