-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2 --set 'price=(function() while true do end end)()'
local roi = require "roisim"
local model = roi.model { name = "setting" }
model.inputs.price = roi.uniform(1, 2)
model.outputs.x = model.inputs.price
return model
