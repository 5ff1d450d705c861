-- expect status: 0
-- expect error: library.lua:2: this manifest can't be read: a text is not closed
-- A manifest that was cut off.
local roi = require "roisim"
local model = roi.model { name = "manifest" }
model.outputs.cost = roi.uniform(1, 2) * require("open.rates").rate
return model
