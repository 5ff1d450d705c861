local roi = require "roisim"
local m = roi.model { name = "infinite" }
m.inputs.x = roi.uniform(-1, 1)
m.outputs.y = roi.log(m.inputs.x)
return m
