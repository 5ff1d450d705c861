-- Four use cases that share nothing but a platform; all are paid for at the start.
local roi = require "roisim"
local m = roi.model { name = "Selection", horizon = 12, period = "month", currency = "EUR" }
m:budget("AI", { ceiling = m:param("ceiling", 100e3) })
m:cost("platform", roi.at(0, 10e3))
for i, name in ipairs { "a", "b", "c", "d" } do
  local u = m:use_case(name)
  u.inputs.gain = roi.between(1500 + 600 * i, 6000 + 1500 * i)
  u.inputs.setup = roi.between(12e3 + 6e3 * i, 20e3 + 12e3 * i)
  u:benefit("gain", u.inputs.gain, { every = "month" })
  u:cost("set-up", roi.at(0, u.inputs.setup))
end
return m
