-- Inputs that are correlated, drawn each period, yes or no, and without effect.
local roi = require "roisim"
local model = roi.model { name = "Sensitive", horizon = 6, currency = "EUR" }
local x = model.inputs
x.price = roi.normal(10, 2)
x.volume = roi.normal(100, 20)
x.demand = roi.each_period(roi.normal(1, 0.2))
x.idle = roi.uniform(0, 1)
x.wage = roi.triangular(300, 400, 600)
model:correlate { { x.price, x.volume, -0.5 } }
model:benefit("sales", x.price * x.volume * x.demand)
model:cost("work", x.wage, { every = "month" })
model:cost("setup", roi.at(0, 1500))
model:risk("leak", { probability = 0.1, loss = 800, at = 3 })
model.outputs.fixed = 3
model.outputs.idle = x.idle
model.outputs.dry = roi.lt(x.price, 0)
return model
