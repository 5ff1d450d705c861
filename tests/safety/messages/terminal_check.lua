-- expect status: 1
-- expect error:
-- expect output: in\x1b[2J\u202e
-- args: check
local roi = require "roisim"
local model = roi.model { name = "\27[31mred\7\u{202e}\255\r\n" }
model.inputs["in\27[2J\u{202e}"] = roi.uniform(0, 1)
model.outputs["\27[31mred\7"] = roi.normal(0, 1):name("\27c")
return model
