-- The shortest useful model: two uncertain numbers, a cost today, a benefit each month.
local roi = require "roisim"
local model = roi.model { name = "Hello", horizon = 12, period = "month", discount_rate = 0.08, currency = "USD" }
local x = model.inputs

x.setup = roi.between(8000, 20000)      -- I am 90% sure that it lies in here
x.saved = roi.between(900, 2500)        -- a month

model:cost("setup", roi.at(0, x.setup))
model:benefit("time saved", x.saved, { every = "month" })

return model
