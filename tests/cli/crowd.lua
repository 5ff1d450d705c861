-- As many use cases as asked for, all in one pool.
local roi = require "roisim"
local m = roi.model { name = "Crowd", horizon = 3, period = "year" }
local hours = m:pool("hours", { hours = 400 })
m:budget("AI", { ceiling = 5000 })
for i = 1, m:param("count", 13) do
  local u = m:use_case("case " .. i)
  u.inputs.volume = roi.between(40 + 7 * i, 160 + 3 * i)
  u:time_saved("saved", { volume = u.inputs.volume, every = "year", minutes = 60, wage = 20 + 3 * (i % 5), cash = 1, pool = hours })
  u:cost("set-up", roi.at(0, 600 + 150 * (i % 7)))
end
return m
