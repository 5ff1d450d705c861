-- expect status: 1
-- expect error: setting_statement.lua:6: --set price=1 os.exit(0): <eof> expected near 'os'
-- args: --set 'price=1 os.exit(0)'
local roi = require "roisim"
local model = roi.model { name = "setting" }
model.inputs.price = roi.uniform(1, 2)
model.outputs.x = model.inputs.price
return model
