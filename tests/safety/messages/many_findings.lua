-- expect status: 1
-- expect error:
-- expect output: and 4001 more, which --json lists
-- expect output: 5001 findings, of which every run warns of 5001
-- args: check
local roi = require "roisim"
local model = roi.model { name = "findings" }
for i = 1, 6000 do local unset = _G["x" .. i] end
model.outputs.a = roi.uniform(0, 1)
return model
