-- Two gates whose outcome is known: the first stops all after month 4, the second would have stopped what is left. 3 a month come in.
local roi = require "roisim"
local model = roi.model { horizon = 12 }
local u = model:use_case("u")
u.inputs.effect = roi.uniform(0, 1)
u:benefit("gain", 3 + 0 * u.inputs.effect, { every = "month" })
u:gate { name = "first", at = 4, continue_if = roi.gt(u.inputs.effect, 2), oracle = true, stop_cost = 5 }
local pilot = u:pilot { start = 5, periods = 2, cost = 50, reads = { effect = { of = u.inputs.effect, sd = 0, n = 1 } } }
u:gate { name = "second", after = pilot, continue_if = roi.gt(pilot.effect, 3), stop_cost = 100 }
return model
