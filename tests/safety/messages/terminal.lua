-- expect status: 0
-- expect error:
-- expect output: \x1b[31mred\x07
-- Names that would steer a terminal, on the page of a run.
local roi = require "roisim"
local model = roi.model { name = "\27[31mred\7\u{202e}\255\r\n" }
model.inputs["in\27[2J\u{202e}"] = roi.uniform(0, 1):unit("\27[5m"):doc("\27]0;x\7")
model.outputs["\27[31mred\7"] = model.inputs["in\27[2J\u{202e}"] + roi.normal(0, 1):name("\27c")
return model
