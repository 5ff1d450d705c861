-- A model without flows: a few named outputs.
local roi = require "roisim"
local m = roi.model { name = "plain" }
local x = m.inputs
x.a = roi.uniform(0, 1):unit("kg"):doc("a weight"):source("the scales")
x.b = roi.uniform(0, 1)
m.outputs.total = x.a + x.b
m.outputs.late = roi.gt(x.a, 0.9)
m.outputs["odd name, with comma"] = x.a * 1e12
m.outputs.five = 5
return m
