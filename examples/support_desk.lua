-- Reference model: an AI agent at a support desk over 36 months, with an adoption curve, token prices that fall and a rare incident.
local roi = require "roisim"

local model = roi.model {
  name = "Support-desk agent",
  horizon = 36, period = "month",
  discount_rate = 0.10,                 -- effective annual rate
  currency = "USD",
}

local x = model.inputs                  -- each field set is one named, independent uncertain input
x.tickets = roi.triangular(8000, 10000, 13000)
x.growth  = roi.normal(0.010, 0.004)
x.aht     = roi.pert(6, 9, 15)
x.wage    = roi.lognormal { p5 = 18, p95 = 30 }
x.deflect = roi.beta(8, 12)
x.k       = roi.uniform(0.2, 0.6)
x.mid     = roi.triangular(3, 6, 12)
x.quality = roi.beta(20, 3)
x.tokens  = roi.lognormal { p5 = 3000, p95 = 12000 }
x.price   = roi.uniform(2e-6, 8e-6)
x.decay   = roi.uniform(0.01, 0.04)
x.setup   = roi.pert(40000, 60000, 120000)
x.run     = roi.triangular(3000, 4000, 7000)

local t        = model.time             -- the series 1, 2, ..., 36
local volume   = x.tickets * (1 + x.growth)^t
local adoption = roi.curve.logistic(t, x.k, x.mid)    -- 1 / (1 + exp(-k (t - mid)))
local solved   = volume * x.deflect * adoption * x.quality

model:benefit("handling time saved", solved * x.aht / 60 * x.wage)
model:cost("setup", roi.at(0, x.setup))               -- once, at period 0
model:cost("running", x.run, { every = "month" })     -- a scalar must say how often
model:cost("tokens", volume * adoption * x.tokens * x.price * (1 - x.decay)^t)
model:risk("incident", { probability = 0.15, loss = roi.lognormal { p5 = 20e3, p95 = 200e3 }, at = 12 })

return model
