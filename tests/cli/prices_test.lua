-- Half of these cases are wrong, so that tests/cli/test.t shows what is said.
local roi = require "roisim"
local prices = require "prices"
local model = roi.model { name = "prices", horizon = 12 }

roi.expect("three seats", { of = prices.fee(3), equal = 60 })
roi.expect("twelve seats", { of = prices.fee(12), equal = 240 })
roi.expect("a sum of tenths", { of = 0.1 + 0.2, equal = 0.3 })
roi.expect("a sum of tenths, nearly", { of = 0.1 + 0.2, equal = 0.3, within = 1e-9 })
roi.expect("a list", { of = { 1, { a = 2 } }, equal = { 1, { a = 3 } } })
roi.expect("a text", { of = "month", equal = "months" })
roi.expect("no seats below zero", { of = function() prices.fee(-1) end, error = "-1 seats" })
roi.expect("another message", { of = function() prices.fee(-1) end, error = "seat number" })
roi.expect("no error", { of = function() prices.fee(1) end, error = "seats" })

local sales = roi.normal(100, 10)
model:benefit("sales", sales, { every = "month" })
model:cost("setup", roi.at(0, 1000))
roi.expect("mean", { of = sales, mean = 100, within = 1 })
roi.expect("mean, wrong", { of = sales, mean = 110, within = 1 })
roi.expect("mean, too exact", { of = sales, mean = 100, within = 0.1 })
roi.expect("npv", { of = model.npv, mean = 200 })
roi.expect("sd", { of = sales, sd = 10 })
roi.expect("P5", { of = sales, p5 = 83.55, within = 1 })
roi.expect("median", { of = sales, median = 90 })
roi.expect("loss", { of = roi.lt(model.npv, 0), probability = 0.0478, within = 0.02 })
roi.expect("loss, wrong", { of = roi.lt(model.npv, 0), probability = 0.5 })
roi.expect("never below", { of = sales, at_least = 90 })
roi.expect("within", { of = roi.clamp(sales, 50, 150), at_least = 50, at_most = 150 })
roi.expect("payback", { of = model.payback, at_most = 12 })
