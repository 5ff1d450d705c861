-- A test script of which every case holds, so that status 1 is the fault's.
local roi = require "roisim"
local prices = require "prices"
local model = roi.model { name = "prices", horizon = 12 }

local sales = roi.normal(100, 10)
model:benefit("sales", sales, { every = "month" })
roi.expect("three seats", { of = prices.fee(3), equal = 60 })
roi.expect("mean", { of = sales, mean = 100, within = 1 })
roi.expect("loss", { of = roi.lt(model.npv, 0), probability = 0 })
return model
