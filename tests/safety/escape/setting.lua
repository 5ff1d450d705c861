-- expect status: 1
-- expect error: setting.lua:6: --set price=require("/etc/passwd"): '/etc/passwd' is not a module name
-- args: --set 'price=require("/etc/passwd")'
local roi = require "roisim"
local model = roi.model { name = "setting" }
model.inputs.price = roi.uniform(1, 2)
model.outputs.x = model.inputs.price
return model
