-- expect status: 0
-- expect error:
-- expect output: '\x1b[1mlow\u202e' has the highest expected
-- args: compare --trials 100
local roi = require "roisim"
local model = roi.model { name = "\27[31mred\7\u{202e}\255\r\n" }
model.inputs.price = roi.uniform(0, 1)
model:scenario("\27[1mlow\u{202e}", { price = 5 })
model.outputs["\27[31mred\7"] = model.inputs.price
return model
