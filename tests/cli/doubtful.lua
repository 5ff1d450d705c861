-- A case with several of the usual mistakes.
local roi = require "roisim"
local model = roi.model { name = "Doubtful", horizon = 24, currency = "USD" }
local x, t = model.inputs, model.time
x.calls  = roi.pert(800, 1000, 1500):unit "call/month":source "telephone log"
x.cut    = roi.pert(20, 35, 45):unit "share":source "vendor's brochure"
x.growth = roi.normal(0.2, 0.02)
x.fee    = roi.uniform(900, 1200):unit "EUR/month"
model:benefit("hours saved", x.calls * x.cut / 100 * (1 + x.growth)^t)
model:cost("set-up", roi.at(3, roi.uniform(5000, 9000)))
model:cost("fee", x.fee, { every = "month" })
model:cost("analysis, already done", roi.at(0, 4000))
return model
