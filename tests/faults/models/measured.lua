-- A model that rests on a data file and on a library beside it.
local roi = require "roisim"
local prices = require "prices"
local m = roi.model { name = "measured", horizon = 12, discount_rate = 0.08, currency = "EUR" }
local x = m.inputs
x.seats = roi.normal(20, 2.5)
x.served = roi.triangular(0.5, 1.25, 2.75)
local share = roi.curve.csv { file = "adoption.csv", column = "share", time = "month", hold = true }
m:benefit("served", x.seats * x.served * share * 55.5)
m:cost("seats", prices.fee(3), { every = "month" })
m.outputs.text = tonumber("1.5") * x.served
return m
