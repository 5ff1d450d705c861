-- Three use cases that bring the same, of which a budget lets two.
local roi = require "roisim"
local m = roi.model { name = "Tied", horizon = 12, currency = "USD" }
local gain = roi.normal(100, 30):name("gain")
for _, name in ipairs { "a", "b", "c" } do
  local u = m:use_case(name)
  u:benefit("gain", gain, { every = "month" })
  u:cost("set-up", roi.at(0, 500))
end
m:budget("AI", { ceiling = 1000 })
return m
