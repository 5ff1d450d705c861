-- A function run each trial that differs between scenarios by a parameter that it closes over.
local roi = require "roisim"
local m = roi.model { name = "served", horizon = 3, period = "year", currency = "USD" }
local x = m.inputs
local servers = m:param("servers", 2)
x.load = roi.uniform(1, 5)
local waiting = roi.per_trial("waiting", function(rng, load) return math.max(0, load + rng:uniform() - servers) end, x.load)
m:benefit("service", 100 - 10 * waiting, { every = "year" })
m:cost("servers", 30 * servers, { every = "year" })
m:scenario("one", { servers = 1 })
m:scenario("three", { servers = 3, load = roi.uniform(2, 6) })
return m
