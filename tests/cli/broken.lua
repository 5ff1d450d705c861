local roi = require "roisim"
local m = roi.model { name = "broken" }
m.inputs.x = roi.triangular(8, 20, 13)
return m
