-- expect status: 0
-- expect error: library.lua:2: this manifest can't be read: tables are nested too deeply
-- A manifest that nests without end.
local roi = require "roisim"
local model = roi.model { name = "manifest" }
model.outputs.cost = roi.uniform(1, 2) * require("deep.rates").rate
return model
