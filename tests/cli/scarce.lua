-- Plain numbers. Alone, a saves 8 hours a year at 10 and b 8 at 5; there are 10 hours. Set-up: a 60, b 10.
local roi = require "roisim"
local m = roi.model { name = "Scarce hours", horizon = 2, period = "year" }
local hours = m:pool("hours", { hours = 10, rule = m:param("in_order", 0) == 1 and "order" or "pro_rata" })
for _, c in ipairs { { "a", 10, 60 }, { "b", 5, 10 } } do
  local u = m:use_case(c[1])
  u:time_saved("saved", { volume = 8, every = "year", minutes = 60, wage = c[2], cash = 1, pool = hours })
  u:cost("set-up", roi.at(0, c[3]))
end
return m
