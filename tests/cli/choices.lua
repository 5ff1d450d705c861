-- Scenarios of every kind: numbers, distributions, what is computed from the plain model, parameters, correlated draws, a risk's draw.
local roi = require "roisim"
local m = roi.model { name = "Choices", horizon = 12, period = "month", discount_rate = 0.08, currency = "EUR" }
local x = m.inputs
local seats = m:param("seats", 20)
x.price   = roi.triangular(80, 100, 130)
x.volume  = roi.normal(50, 6)
x.quality = roi.beta(20, 4)
x.upkeep  = roi.lognormal { p5 = 400, p95 = 900 }
x.noise   = roi.each_period(roi.normal(1, 0.2))
x.fee     = 15
m:correlate { { x.price, x.volume, -0.5 }, { x.volume, x.quality, 0.4 } }
m:benefit("sales", x.price * x.volume * x.quality * x.noise)
m:cost("upkeep", x.upkeep + x.fee * seats, { every = "month" })
m:cost("setup", roi.at(0, roi.pert(20000, 30000, 50000)))
m:risk("outage", { probability = 0.1, loss = roi.lognormal { p5 = 1000, p95 = 9000 }, at = 6 })
m.outputs.busy = roi.gt(x.volume, 55)
m:scenario("dearer", { price = x.price * 1.2, volume = x.volume * 0.9 })
m:scenario("fixed price", { price = 105, seats = 25 })
m:scenario("unknown price", { price = roi.uniform(70, 140), fee = roi.uniform(10, 20), quality = x.price / 150 })
m:scenario("calm", { noise = m.time * 0 + 1, ["outage.occurs"] = 0 })
m:scenario("rough", { noise = roi.each_period(roi.normal(1, 0.5)), ["outage.loss"] = roi.lognormal { p5 = 2000, p95 = 20000 } })
return m
