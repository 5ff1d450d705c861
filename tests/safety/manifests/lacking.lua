-- expect status: 0
-- expect error: library.lua of 'lacking' 1.0 does not list module 'lacking.rates'
-- A module that its manifest does not know.
local roi = require "roisim"
local model = roi.model { name = "manifest" }
model.outputs.cost = roi.uniform(1, 2) * require("lacking.rates").rate
return model
