---- a gate stops flows declared before and after it, and not what is always paid
local roi = require "roisim"
local model = roi.model { horizon = 12, discount_rate = 0.1 }
local near = require "data.near"
local u, other = model:use_case("u"), model:use_case("other")
u.inputs.effect = roi.normal(0, 1)
u:benefit("before", 10 * roi.uniform(1, 1), { every = "month" })
local pilot = u:pilot { periods = 4, cost = 7, reads = { effect = { of = u.inputs.effect, sd = 0, n = 1 } } }
local gate = u:gate { after = pilot, continue_if = roi.gt(pilot.effect, 0), stop_cost = 5 }
u:cost("after", 1, { every = "month" })
u:cost("set-up", roi.at(0, 3))
u:risk("outage", { probability = 1, loss = 40, at = 6 })
other:benefit("gain", 2, { every = "month" })
model:cost("licence", 6, { every = "month", spread = { u = 1 } })
local function pv(p) return 1.1 ^ (-p / 12) end
local function months(from, to)
  local sum = 0
  for p = from, to do sum = sum + pv(p) end
  return sum
end
local go = roi.gt(u.inputs.effect, 0)
local o = model.outputs
o.ok_reading = roi.eq(pilot.effect, u.inputs.effect)
o.ok_npv = near(u.npv, 9 * months(1, 4) - 3 - 7 * pv(1) - 6 * months(1, 12)
  + roi.where(go, 9 * months(5, 12) - 40 * pv(6), -5 * pv(4)))
o.ok_passed = roi.eq(gate.passed, go)
o.ok_next = roi.where(go, roi.eq(gate.next, 5), roi.eq(gate.next, roi.never))
o.ok_other = near(other.npv, 2 * months(1, 12))
o.ok_sum = near(u.npv + other.npv, model.npv)
print(pilot.start, pilot.last, gate.at) -- expect: 1 4 4
return model
---- what was earned before a stop still arrives
local near = require "data.near"
local u = model:use_case("u")
u.inputs.effect = roi.normal(0, 1)
u:benefit("gain", roi.uniform(1, 1), { every = "month", delay = 2 })
u:cost("bill", 0.5, { every = "month", delay = 1 })
local gate = u:gate { at = 4, continue_if = roi.gt(u.inputs.effect, 0), oracle = true }
u:benefit("late", roi.at(5, 100), { delay = 3 })
local go = gate.passed
model.outputs.ok = near(u.npv, roi.where(go, 10 - 5.5 + 100, 4 - 2))
model.outputs.ok_early = near(u:npv_to(3), 1 - 1)
return model
---- a decision before anything is paid
local near = require "data.near"
local u = model:use_case("u")
u.inputs.effect = roi.normal(0, 1)
u:cost("study", roi.at(0, 3))
u:benefit("gain", roi.uniform(1, 1), { every = "month" })
local gate = u:gate { at = 0, continue_if = roi.gt(u.inputs.effect, 0), oracle = true, stop_cost = 2 }
model.outputs.ok = near(u.npv, roi.where(gate.passed, 12, -2) - 3)
model.outputs.ok_next = roi.eq(roi.where(gate.passed, gate.next, 1), 1)
return model
---- what starts when a gate is passed
local near = require "data.near"
local u = model:use_case("u")
u.inputs.effect = roi.normal(0, 1)
local pilot = u:pilot { periods = 2, start = 2, reads = { effect = { of = u.inputs.effect, sd = 0, n = 1 } } }
local gate = u:gate { after = pilot, continue_if = roi.gt(pilot.effect, 0) }
u:benefit("roll-out", 10 * roi.ge(t, gate.next) * roi.uniform(1, 1))
u:cost("seats", roi.at(gate.next, 30))
model.outputs.ok = near(u.npv, roi.where(gate.passed, 9 * 10 - 30, 0))
return model
---- stages: a pilot behind a gate is paid for where that is passed
local near = require "data.near"
local u = model:use_case("u")
u.inputs.effect, u.inputs.use = roi.normal(0, 1), roi.normal(0, 1)
local small = u:pilot { periods = 2, cost = 4, reads = { effect = { of = u.inputs.effect, sd = 0, n = 1 } } }
local first = u:gate { after = small, continue_if = roi.gt(small.effect, 0), stop_cost = 1 }
local large = u:pilot { name = "large", start = 3, periods = 4, cost = 50, reads = { use = { of = u.inputs.use, sd = 0, n = 1 } } }
local second = u:gate { after = large, continue_if = roi.all(roi.gt(large.use, 0), roi.gt(small.effect, -1)), stop_cost = 8 }
local third = u:gate { name = "review", at = 9, continue_if = second.passed, stop_cost = 1000 }
u:benefit("gain", 10 * roi.uniform(1, 1), { every = "month" })
local one, both = roi.gt(u.inputs.effect, 0), roi.all(roi.gt(u.inputs.effect, 0), roi.gt(u.inputs.use, 0))
local o = model.outputs
o.ok_npv = near(u.npv, roi.where(one, roi.where(both, 120 - 54, 60 - 62), 20 - 5))
o.ok_passed = roi.all(roi.eq(first.passed, one), roi.eq(second.passed, both), roi.eq(third.passed, both))
o.ok_next = roi.where(both, roi.all(roi.eq(second.next, 7), roi.eq(third.next, 10)), roi.eq(second.next + third.next, roi.never))
return model
---- gates of one period
local near = require "data.near"
local u = model:use_case("u")
u.inputs.a, u.inputs.b = roi.normal(0, 1), roi.normal(0, 1)
u:benefit("gain", roi.uniform(1, 1), { every = "month" })
u:gate { at = 3, continue_if = roi.gt(u.inputs.a, 0), oracle = true, stop_cost = 5 }
u:gate { at = 3, continue_if = roi.gt(u.inputs.b, 0), oracle = true, stop_cost = 7 }
model.outputs.ok = near(u.npv, roi.where(roi.gt(u.inputs.a, 0), roi.where(roi.gt(u.inputs.b, 0), 12, 3 - 7), 3 - 5))
return model
---- an uncertain time of decision
local near = require "data.near"
local u = model:use_case("u")
u.inputs.effect, u.inputs.when = roi.normal(0, 1), roi.uniform(2, 16)
u:benefit("gain", roi.uniform(1, 1), { every = "month" })
local gate = u:gate { at = u.inputs.when, continue_if = roi.gt(u.inputs.effect, 0), oracle = true, stop_cost = 5 }
local at = roi.ceil(u.inputs.when)
local o = model.outputs
o.ok_npv = near(u.npv, roi.where(gate.passed, 12, roi.min(at, 12) - roi.where(roi.le(at, 12), 5, 0)))
o.ok_next = roi.where(gate.passed, roi.eq(gate.next, at + 1), roi.eq(gate.next, roi.never))
return model
---- a time of decision before the start is the start
local near = require "data.near"
local u = model:use_case("u")
u.inputs.effect, u.inputs.when = roi.normal(0, 1), roi.uniform(-3, 1)
u:benefit("gain", roi.at(0, 3) + roi.uniform(1, 1) * t / t, {})
local gate = u:gate { at = u.inputs.when, continue_if = roi.gt(u.inputs.effect, 0), oracle = true, stop_cost = 5 }
model.outputs.ok = near(u.npv, 3 + roi.where(gate.passed, 12, roi.where(roi.gt(u.inputs.when, 0), 1, 0) - 5))
return model
---- a decision that is never made
local near = require "data.near"
local u = model:use_case("u")
u.inputs.effect = roi.normal(0, 1)
u:benefit("gain", roi.uniform(1, 1), { every = "month" })
u:gate { at = roi.first(roi.gt(t * u.inputs.effect, 1e9)), continue_if = roi.lt(u.inputs.effect, -9), oracle = true, stop_cost = 5 }
model.outputs.ok = near(u.npv, 12)
return model
---- by what another use case's pilot reads
local near = require "data.near"
local a, b = model:use_case("a"), model:use_case("b")
a.inputs.effect = roi.normal(0, 1)
a:benefit("gain", a.inputs.effect, { every = "month" })
b:benefit("gain", roi.uniform(1, 1), { every = "month" })
local pilot = a:pilot { periods = 2, reads = { effect = { of = a.inputs.effect, sd = 0, n = 1 } } }
b:gate { at = 2, continue_if = roi.gt(pilot.effect, 0) }
local early = a:gate { after = pilot, continue_if = roi.gt(pilot.effect, 0.5) }
b:gate { at = 6, continue_if = early.passed }
model.outputs.ok = near(b.npv, roi.where(roi.gt(a.inputs.effect, 0.5), 12, roi.where(roi.gt(a.inputs.effect, 0), 6, 2)))
return model
---- an actor's gate
local near = require "data.near"
local rival = model:actor("rival")
rival.inputs.entry = roi.normal(0, 1)
rival:benefit("gain", roi.uniform(1, 1), { every = "month" })
local gate = rival:gate { at = 5, continue_if = roi.gt(rival.inputs.entry, 0), oracle = true }
model:benefit("gain", 1 + gate.passed, { every = "month" })
model.outputs.ok = roi.all(near(rival.npv, roi.where(gate.passed, 12, 5)), near(model.npv, 12 + 12 * gate.passed))
return model
---- a reading's error: the noise times sd sqrt(1/n + 1/control)
-- args: --set 'u.effect=2' --set 'u.pilot.cost=roi.uniform(3,4)' --set 'u.gate.stop_cost=1'
local near = require "data.near"
local u = model:use_case("u")
u.inputs.effect, u.inputs.sd, u.inputs.n = roi.normal(0, 1), roi.uniform(1, 2), roi.uniform(50, 60)
local pilot = u:pilot { weeks = 6, share = 0.2, cost = roi.uniform(1, 2), reads = {
  one = { of = u.inputs.effect, sd = u.inputs.sd, n = u.inputs.n },
  two = { of = u.inputs.effect, sd = 3, n = 100, control = 25 },
} }
u:gate { after = pilot, continue_if = roi.gt(pilot.one + pilot.two, 1e9), stop_cost = roi.uniform(5, 6) }
u:benefit("gain", roi.uniform(1, 1), { every = "month" })
local o, error_one, error_two = model.outputs, u.inputs.sd / roi.sqrt(u.inputs.n), 3 * roi.sqrt(1 / 100 + 1 / 25)
o.ok_one = roi.lt(roi.abs((pilot.one - 2) / error_one), 5)
o.ok_two = roi.lt(roi.abs((pilot.two - 2) / error_two), 5)
o.ok_differ = roi.ne((pilot.one - 2) / error_one, (pilot.two - 2) / error_two)
o.ok_set = roi.all(roi.le(u.npv, 2 - 1 - 3), roi.ge(u.npv, 2 - 1 - 4)) -- costs are inputs, which --set changes
print(pilot.share, pilot.last) -- expect: 0.2 2
return model
---- the length of a pilot in months
local u = model:use_case("u")
u:benefit("gain", roi.uniform(1, 2), { every = "month" })
local function last(weeks) return u:pilot { name = "pilot of " .. weeks, weeks = weeks }.last end
print(last(1), last(4), last(4.4), last(9), last(13), last(26), last(52)) -- expect: 1 1 2 3 3 6 12
return model
---- in weeks
local roi = require "roisim"
local model = roi.model { horizon = 60, period = "week" }
local u = model:use_case("u")
u:benefit("gain", roi.uniform(1, 2), { every = "week" })
local function last(weeks) return u:pilot { name = "pilot of " .. weeks, weeks = weeks, start = 3 }.last end
print(last(1), last(4), last(4.4), last(52), u:pilot { periods = 2.5 }.last) -- expect: 3 6 7 54 3
return model
---- in quarters
local roi = require "roisim"
local model = roi.model { horizon = 8, period = "quarter" }
local u = model:use_case("u")
u:benefit("gain", roi.uniform(1, 2), { every = "quarter" })
local function last(weeks) return u:pilot { name = "pilot of " .. weeks, weeks = weeks, start = 2 }.last end
print(last(1), last(13), last(14), last(26), last(91)) -- expect: 2 2 3 3 8
return model
---- in years
local roi = require "roisim"
local model = roi.model { horizon = 3, period = "year" }
local u = model:use_case("u")
u:benefit("gain", roi.uniform(1, 2), { every = "year" })
local function last(weeks) return u:pilot { name = "pilot of " .. weeks, weeks = weeks }.last end
print(last(4), last(52), last(53), last(156)) -- expect: 1 1 2 3
return model
---- conditions see whether a gate was passed by its name
-- args: --prob 'u.gate.passed == 1' --prob '["u.second.passed"] == 0 and u.npv < 0'
local u = model:use_case("u")
u.inputs.effect = roi.uniform(-1, 1)
local first = u:gate { at = 2, continue_if = roi.gt(u.inputs.effect, 0), oracle = true }
u:gate { name = "second", at = 4, continue_if = roi.gt(u.inputs.effect, 0.5), oracle = true }
u:benefit("gain", u.inputs.effect, { every = "month" })
model.outputs.ok = roi.eq(first.passed, roi.gt(u.inputs.effect, 0))
return model
---- what a condition rests on may be known by --set; then the gate decides alike in all trials
-- args: --set triage.cut=0.4
local u = model:use_case("triage")
u.inputs.cut = roi.uniform(0, 1)
local gate = u:gate { at = 3, continue_if = roi.ge(u.inputs.cut, 0.3), oracle = true }
u:benefit("saved", roi.uniform(1, 1), { every = "month" })
model.outputs.ok_passed = gate.passed
model.outputs.ok_npv = roi.eq(u.npv, 12)
return model
