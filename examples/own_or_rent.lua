-- Rent computing by the hour, or own the servers? What decides it moves from month to month: the price of an hour, the hours
-- needed, the price of power, and breakdowns that may come more than once. Each remembers where it was the month before.
local roi = require "roisim"
local model = roi.model { name = "Own or rent", horizon = 36, period = "month", discount_rate = 0.08, currency = "EUR" }
local x, t, process = model.inputs, model.time, roi.process

x.servers = roi.pert(130000, 150000, 200000):unit("EUR"):doc("bought and installed")
x.hours   = roi.between(2200, 4200):unit("hours/month"):doc("needed at the start")
x.trend   = roi.normal(0.005, 0.004):unit("1/month"):doc("growth of the hours needed")
x.fall    = roi.uniform(0.005, 0.025):unit("1/month"):doc("by which rents fall on average")
x.upkeep  = roi.triangular(600, 800, 1300):unit("EUR/month")

-- Busy months are followed by busy months.
local hours = roi.max(0, x.hours * (1 + x.trend)^t * (1 + process.ar1 { name = "busyness", phi = 0.6, sd = 0.1 }))
-- A market price: tomorrow's is today's, up or down; it never returns to where it was for being far away.
local rent = process.geometric_walk { name = "rent", start = 2.9, growth = -x.fall, sd = 0.06 }
-- A price that does return: half of a distance is gone after 0.69 / 0.15 = 5 months.
local power = process.mean_reversion { name = "power", start = 0.28, level = 0.22, speed = 0.15, sd = 0.10, log = true }
-- What may happen in any month, and again: model:risk is for what happens once.
local breakdowns = process.jump { name = "breakdown", rate = 1 / 18, size = roi.between(2000, 25000), most = 2 }

-- When everybody is busy an hour costs more: the two shocks of a month go together.
model:correlate { { "busyness.shock", "rent.shock", 0.4 } }

model:benefit("rent avoided", hours * rent)
model:cost("servers", roi.at(0, x.servers))
model:cost("power", hours * 1.1 * power)              -- kWh an hour
model:cost("upkeep", x.upkeep, { every = "month" })
model:cost("breakdowns", breakdowns)

model.outputs["rent at the end"] = roi.last(rent)
model.outputs["dearest power"] = roi.max_over(power)
model.outputs["months with a breakdown"] = roi.sum(roi.gt(breakdowns, 0))

return model
