-- A growth that reaches the discount rate in some trials, where a perpetuity has no value.
local roi = require "roisim"
local model = roi.model { name = "perpetual", horizon = 12, discount_rate = 0.03, terminal = { growth = roi.uniform(0, 0.06) } }
model:cost("start", roi.at(0, 10))
model:benefit("saved", 10, { every = "month" })
return model
