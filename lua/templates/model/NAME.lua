-- @NAME@: does it pay? Put your own numbers in place of these; then run   roisim @NAME@.lua
local roi = require "roisim"

local model = roi.model {
  name = "@NAME@",
  horizon = 24, period = "month",               -- how far we look
  discount_rate = 0.08,                         -- what money could earn elsewhere, a year
  currency = "USD",
}

-- What we are not sure of: a low and a high value that hold in 9 of 10 cases, or the least, the likeliest and the most.
local x = model.inputs
x.tasks = roi.between(900, 1500):unit("tasks/month"):source("last quarter's log")
x.minutes_saved = roi.triangular(2, 5, 9):unit("minutes/task"):doc("what one task takes less")
x.wage = roi.between(25, 40):unit("USD/hour")
x.becomes_money = roi.share(0.2, 0.6):doc("the part of the freed hours that is worth its wage")
x.reach = roi.share(0.5, 0.9):doc("the share of tasks done the new way in the end")
x.setup = roi.triangular(4000, 6000, 12000):unit("USD")
x.licence = 350                                   -- a plain number is an input as well: --set licence=500

-- What follows from it, month by month.
local use = roi.curve.ramp { from = 1, periods = 6, to = x.reach }
local hours = x.tasks * use * x.minutes_saved / 60

model:benefit("time saved", hours * x.wage * x.becomes_money)
model:cost("setup", roi.at(0, x.setup))           -- once, at the start
model:cost("licence", x.licence, { every = "month" })
model:risk("data incident", { probability = 0.03, loss = roi.between(2000, 20000), at = roi.uniform(1, 24) })

model.outputs.hours_saved = roi.sum(hours)

return model
