-- expect status: 1
-- expect error: compiled.csv
-- setup: printf '\033Lua\124\000\031\223\r\n\032\n\004\010\010' >compiled.csv
local roi = require "roisim"
local model = roi.model { name = "binary" }
model.outputs.x = roi.empirical(roi.data("compiled.csv"))
return model
