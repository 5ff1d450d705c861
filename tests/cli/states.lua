-- Outputs in states: roi without cost in about half of the trials, irr without and with several rates.
local roi = require "roisim"
local m = roi.model { name = "states", horizon = 3, period = "year", discount_rate = 0.05, currency = "EUR" }
local x = m.inputs
x.buys = roi.bernoulli(0.5)
x.gain = roi.uniform(50, 150)
m:cost("machine", roi.at(0, 100 * x.buys))
m:benefit("savings", roi.at(1, x.gain))
m:cost("repair", roi.at(2, 20 * x.buys))
return m
