-- A product launch: inputs that move together. The same ranges without correlate() would make good and bad years look rarer than they
-- are: a boom lifts price, volume and wages at once, a slump lowers them at once.
local roi = require "roisim"
local model = roi.model { name = "Launch", horizon = 12, period = "quarter", discount_rate = 0.09, currency = "EUR" }
local x, t = model.inputs, model.time

x.build    = roi.pert(180000, 250000, 480000):unit("EUR")
x.launch   = roi.uniform(1, 4):unit("quarter"):doc("when it is ready: every quarter late costs its sales")
x.price    = roi.between(42, 58):unit("EUR")
x.volume   = roi.between(800, 2600):unit("1/quarter")
x.unitcost = roi.triangular(14, 18, 28):unit("EUR")
x.support  = roi.between(4000, 9000):unit("EUR/quarter")
x.lawsuit  = roi.bernoulli(0.05)

model:correlate {
  { x.build, x.launch, 0.7 },                        -- what takes long costs more
  { x.price, x.volume, 0.5 },                        -- both follow demand
  { x.price, x.unitcost, 0.4 },                      -- both follow the price level
  { x.volume, x.support, 0.8 },
}

local selling = roi.gt(t, x.launch)
model:benefit("margin", x.volume * (x.price - x.unitcost) * selling)
model:cost("build", roi.at(0, x.build))
model:cost("support", x.support * selling)
model:cost("lawsuit", roi.at(6, x.lawsuit * 120000))

return model
