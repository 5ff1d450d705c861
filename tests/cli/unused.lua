local roi = require "roisim"
local m = roi.model { name = "unused" }
m.inputs.x = roi.uniform(0, 1)
m.inputs.y = roi.uniform(0, 1)
m.outputs.z = m.inputs.x + 1
return m
