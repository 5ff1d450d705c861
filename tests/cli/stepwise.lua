-- The roll-out begins where the pilot's gate is passed, so without the pilot it never does; "late" begins once the pilot has paid back.
local roi = require "roisim"
local m = roi.model { name = "Stepwise", horizon = 12, period = "month" }
local u = m:use_case("pilot")
u.inputs.cut = roi.uniform(0, 1)
local pilot = u:pilot { weeks = 4, cost = 100, reads = { cut = { of = u.inputs.cut, sd = 0.1, n = 100 } } }
local gate = u:gate { after = pilot, continue_if = roi.ge(pilot.cut, 0.5), stop_cost = 50 }
u:benefit("gain", u.inputs.cut * 100, { every = "month" })
local v = m:use_case("roll-out")
v:gate { at = 1, continue_if = gate.passed }
v:benefit("more", 200 * roi.ge(m.time, gate.next))
v:cost("set-up", roi.at(gate.next, 500))
local w = m:use_case("late")
local luck = roi.per_trial("luck", function(rng) return rng:uniform() end)
w:benefit("gain", roi.where(roi.le(u.payback, 3), luck * 90, 0), { every = "month" })
w:cost("set-up", roi.at(0, 50))
return m
