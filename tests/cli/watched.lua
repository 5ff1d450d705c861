-- KPIs and no money: what is watched is the model, at its last date.
local roi = require "roisim"
local model = roi.model { horizon = 12 }
local case = model:use_case("mail")
case.inputs.minutes = roi.uniform(29.99, 30.01)
case:kpi("hours", { dimension = "strategic", value = model.time * case.inputs.minutes / 60, target = { 1, 3 }, by = { 3, 6 } })
return model
