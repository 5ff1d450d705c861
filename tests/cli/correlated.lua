local roi = require "roisim"
local model = roi.model { name = "Correlated" }
local x = model.inputs
x.price = roi.lognormal { p5 = 16, p95 = 25 }
x.volume = roi.triangular(600, 900, 1500)
x.cost = roi.gamma(9, 1)
x.strike = roi.bernoulli(0.2)
model:correlate {
  { x.price, x.volume, -0.6 }, { x.volume, x.cost, -0.3 }, { x.cost, x.strike, 0.5 },
}
model.outputs.margin = x.volume * (x.price - x.cost) * (1 - x.strike)
return model
