local roi = require "roisim"
local model = roi.model { name = "Torn" }
local x = model.inputs
x.a = roi.normal(0, 1)
x.b = roi.normal(0, 1)
x.c = roi.normal(0, 1)
model:correlate { { x.a, x.b, 0.9 }, { x.b, x.c, 0.9 }, { x.a, x.c, -0.9 }, kind = "pearson" }
model.outputs.sum = x.a + x.b + x.c
return model
