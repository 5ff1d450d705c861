-- expect status: 0
-- expect error: this manifest can't be read: the texts are too long
-- A short manifest that asks for a terabyte.
local roi = require "roisim"
local model = roi.model { name = "manifest" }
model.outputs.cost = roi.uniform(1, 2) * require("grows.rates").rate
return model
