local roi = require "roisim"

local model = roi.model { name = "Parts", horizon = 24, discount_rate = 0.08, currency = "EUR" }

local triage = model:use_case("triage", { department = "support" })
triage.inputs.gain = roi.between(800, 2400)
triage:benefit("time", triage.inputs.gain, { every = "month" })
triage:cost("setup", roi.at(0, roi.triangular(8000, 12000, 25000)), { category = "set-up" })

local letters = model:use_case("letters")
letters:benefit("time", roi.between(100, 900), { every = "month" })
letters:cost("setup", roi.at(0, roi.triangular(2000, 5000, 9000)), { category = "set-up" })
letters:risk("leak", { probability = 0.001, loss = 20000, at = 6 })

model:cost("licences", 120, { every = "month", category = "licences" })

return model
