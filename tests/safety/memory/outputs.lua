-- expect status: 1
-- expect error: outputs.lua:8: output "o20001" is one too many: a model can have 20000 outputs
-- args: --script-time 60
-- Outputs without end, each of which is a name for the same.
local roi = require "roisim"
local model = roi.model { name = "outputs" }
local a = roi.uniform(0, 1)
for i = 1, 1e6 do model.outputs["o" .. i] = a end
return model
