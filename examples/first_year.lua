-- One year of an AI assistant in a small business, in ten thousand won. Expected: 1,000 for the API against 1,500 of labour saved,
-- 2,000 of new revenue and 500 of other savings: net 3,000, an ROI of 300%. How sure is that?
local roi = require "roisim"
local model = roi.model { name = "First year", horizon = 1, period = "year", discount_rate = 0, currency = "10k KRW" }
local x = model.inputs

-- How far each number may be off, as a share of it: --set spread=0 gives the plain numbers, and net 3,000 exactly.
local spread = model:param("spread", 0.4)

local function about(expected, source)
  if spread == 0 then return expected end
  return roi.pert(expected * (1 - spread), expected, expected * (1 + spread)):source(source)
end

x.api     = about(1000, "price list")
x.labour  = about(1500, "hours of last year, half of them saved")
x.revenue = about(2000, "owner's guess")
x.other   = about(500, "owner's guess")

model:cost("API", x.api, { every = "year" })
model:benefit("labour saved", x.labour, { every = "year" })
model:benefit("revenue", x.revenue, { every = "year" })
model:benefit("other", x.other, { every = "year" })

model.outputs["ROI above 200%"] = roi.gt(model.roi, 2)   -- a condition is reported as a probability

return model
