-- Plain numbers: c spends 90 and 30, d 20 and 60, and each year may cost 100, the two together 200.
local roi = require "roisim"
local m = roi.model { name = "Years", horizon = 2, period = "year" }
m:budget("each year", { ceiling = 100, every = "year" })
m:budget("in all", { ceiling = 200 })
for _, c in ipairs { { "c", 90, 30, 130 }, { "d", 20, 60, 100 } } do
  local u = m:use_case(c[1])
  u:benefit("gain", roi.at(2, c[4]))
  u:cost("work", roi.series { c[2], c[3] })
end
return m
