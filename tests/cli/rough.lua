-- Money in millions, a long name, a count, and a return that is known roughly.
local roi = require "roisim"
local m = roi.model { name = "rough", horizon = 4, period = "quarter", currency = "EUR" }
local x = m.inputs
x.demand = roi.lognormal { mean = 1, sd = 3 }
x.projects = roi.poisson(3)
m:benefit("sales", 9e6 * x.demand, { every = "quarter" })
m:cost("plant", roi.at(0, 30e6))
m:cost("hosting", 4000, { every = "quarter" })
m:risk("the plant has to be closed", { probability = 0.15, loss = roi.between(2e6, 6e6), at = 2 })
m.outputs.projects = x.projects
return m
