-- expect status: 0
-- expect error: library.lua:2: this manifest can't be read: a value is missing
-- A manifest is read as data: the loop in it is not run.
local roi = require "roisim"
local model = roi.model { name = "manifest" }
model.outputs.cost = roi.uniform(1, 2) * require("calls.rates").rate
return model
