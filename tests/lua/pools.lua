---- pro rata: in each period all are cut alike, and what is granted is what there is or what is asked
local roi = require "roisim"
local model = roi.model { horizon = 12, discount_rate = 0.1 }
local t = model.time
local a, b, c = model:use_case("a"), model:use_case("b"), model:use_case("c")
a.inputs.hours, b.inputs.hours, model.inputs.there = roi.uniform(0, 20), roi.uniform(0, 40), roi.uniform(10, 20)
local pool = model:pool("evenings", { hours = model.inputs.there + t })
local asked = { a.inputs.hours + 0 * t, b.inputs.hours * t / 6, 3 + 0 * t }
local granted = {
  a:free_hours("calls", { hours = a.inputs.hours, every = "month", pool = pool }),
  b:free_hours("mails", { hours = asked[2], pool = pool }),
  c:free_hours("bids", { volume = 6, minutes = 30, every = "month", pool = pool }),
}
a:benefit("calls", granted[1] * 30)
b:benefit("mails", granted[2] * 20)
c:benefit("bids", granted[3] * 10)
local sum, all = granted[1] + granted[2] + granted[3], asked[1] + asked[2] + asked[3]
local there = model.inputs.there + t
local function zero(s) return roi.lt(roi.max_over(roi.abs(s)), 1e-9) end
local o = model.outputs
o.ok_sum = zero(sum - roi.min(all, there))
o.ok_a = zero(granted[1] * all - asked[1] * sum)
o.ok_b = zero(granted[2] * all - asked[2] * sum)
o.ok_c = zero(granted[3] * all - asked[3] * sum)
o.ok_npv = roi.lt(roi.abs(a.npv - roi.sum(granted[1] * 30 * 1.1 ^ (-t / 12))), 1e-9)
print(pool.name, pool.rule) -- expect: evenings pro_rata
return model
---- in order: who comes first in the script is served first
local a, b = model:use_case("a"), model:use_case("b")
a.inputs.hours, b.inputs.hours, x.there = roi.uniform(0, 20), roi.uniform(0, 20), roi.uniform(10, 30)
local pool = model:pool("evenings", { hours = x.there, rule = "order" })
local first = b:free_hours("mails", { hours = b.inputs.hours * t / 6, pool = pool })
local second = a:free_hours("calls", { hours = a.inputs.hours, every = "month", pool = pool })
local third = a:free_hours("bids", { hours = 5, every = "month", pool = pool })
a:benefit("worth", second + third)
b:benefit("worth", first)
local function zero(s) return roi.lt(roi.max_over(roi.abs(s)), 1e-9) end
local o, one = model.outputs, t / t -- what is granted stands from period 0, where nothing is asked
local asked = b.inputs.hours * t / 6
o.ok_first = zero(first - roi.min(asked, x.there))
o.ok_second = zero(second - roi.min(a.inputs.hours * one, x.there - first))
o.ok_third = zero(third - roi.min(5 * one, x.there - first - second))
o.ok_sum = zero(first + second + third - roi.min(asked + (a.inputs.hours + 5) * one, x.there))
return model
---- a burden asks nothing, frees nothing and is granted as it is
local a, b = model:use_case("a"), model:use_case("b")
a.inputs.saved = roi.uniform(-10, 10)
for _, rule in ipairs { "pro_rata", "order" } do
  local pool = model:pool(rule, { hours = 6, rule = rule })
  local hers = a:free_hours("hers " .. rule, { hours = a.inputs.saved, every = "month", pool = pool })[7]
  local his = b:free_hours("his " .. rule, { hours = 8, every = "month", pool = pool })[7]
  local saved = a.inputs.saved
  local o = model.outputs
  o["ok_burden_" .. rule] = roi.any(roi.gt(saved, 0), roi.all(roi.eq(hers, saved), roi.eq(his, 6)))
  o["ok_saving_" .. rule] = roi.any(roi.le(saved, 0), roi.lt(roi.abs(hers + his - 6), 1e-9))
  o["ok_least_" .. rule] = roi.all(roi.le(hers, saved), roi.le(his, 8))
  a:benefit(rule, roi.at(1, hers))
  b:benefit(rule, roi.at(1, his))
end
return model
---- hours that there are none of, and a pool that nobody asks
local a = model:use_case("a")
x.there, x.asked = roi.uniform(-5, -1), roi.uniform(0, 0)
local none, idle = model:pool("none", { hours = x.there }), model:pool("idle", { hours = 0 })
local granted = a:free_hours("calls", { hours = 3, every = "month", pool = none })
local nothing = a:free_hours("mails", { hours = x.asked, every = "month", pool = idle })
a:benefit("worth", granted + nothing + t / t)
model.outputs.ok = roi.all(roi.eq(roi.sum(granted), 0), roi.eq(roi.sum(nothing), 0), roi.eq(a.npv, 12))
return model
---- hours of each period, from period 0 too
local near = require "data.near"
local a = model:use_case("a")
x.asked = roi.uniform(5, 9)
local pool = model:pool("days", { hours = roi.at(0, 2) + 4 * roi.le(t, 6) })
local granted = a:free_hours("calls", { hours = roi.at(0, x.asked) + x.asked * (t / t), pool = pool })
a:benefit("worth", granted)
model.outputs.ok = roi.all(near(granted[0], 2), near(granted[1], 4), near(granted[6], 4), roi.eq(granted[7], 0))
model.outputs.ok_sum = near(a.npv, 26)
return model
---- what one pool grants asks another
local a, b = model:use_case("a"), model:use_case("b")
a.inputs.hours = roi.uniform(0, 20)
local people, desks = model:pool("people", { hours = 12 }), model:pool("desks", { hours = 9 })
local worked = a:free_hours("calls", { hours = a.inputs.hours, every = "month", pool = people })
local other = b:free_hours("mails", { hours = 6, every = "month", pool = people })
local seated = a:free_hours("calls at desks", { hours = worked, pool = desks })
a:benefit("worth", seated)
b:benefit("worth", other)
local asked = a.inputs.hours
local share = 12 / roi.max(asked + 6, 12)
model.outputs.ok = roi.lt(roi.abs(a.npv - 12 * roi.min(asked * share, 9)), 1e-9)
model.outputs.ok_other = roi.lt(roi.abs(b.npv - 72 * share), 1e-9)
return model
---- what is granted first decides what is asked next, in order
local a = model:use_case("a")
a.inputs.hours = roi.uniform(0, 20)
local pool = model:pool("people", { hours = 12, rule = "order" })
local first = a:free_hours("calls", { hours = a.inputs.hours, every = "month", pool = pool })
local second = a:free_hours("notes", { hours = first / 2, pool = pool })
a:benefit("worth", first + second)
model.outputs.ok = roi.lt(roi.abs(a.npv / 12 - roi.min(1.5 * a.inputs.hours, 12)), 1e-9)
return model
---- pro rata that goes round
local a = model:use_case("a")
a.inputs.hours = roi.uniform(0, 20)
local pool = model:pool("people", { hours = 12 })
local first = a:free_hours("calls", { hours = a.inputs.hours, every = "month", pool = pool }) -- expect error: what pool 'people' grants depends on itself: what decides it is computed from it
local second = a:free_hours("notes", { hours = first / 2, pool = pool })
a:benefit("worth", first + second)
return model
---- a stopped use case asks no more
local a, b = model:use_case("a"), model:use_case("b")
a.inputs.effect = roi.normal(0, 1)
local pool = model:pool("people", { hours = 12 })
a:gate { at = 4, continue_if = roi.gt(a.inputs.effect, 0), oracle = true }
local hers = a:free_hours("calls", { hours = 12, every = "month", pool = pool })
local his = b:free_hours("mails", { hours = 12, every = "month", pool = pool })
a:benefit("worth", hers)
b:benefit("worth", his)
local go = roi.gt(a.inputs.effect, 0)
model.outputs.ok_a = roi.lt(roi.abs(a.npv - roi.where(go, 72, 24)), 1e-9)
model.outputs.ok_b = roi.lt(roi.abs(b.npv - roi.where(go, 72, 24 + 96)), 1e-9)
return model
---- a stop after a take
local a = model:use_case("a")
a.inputs.effect = roi.normal(0, 1)
local pool = model:pool("people", { hours = 12 })
a:free_hours("calls", { hours = 12, every = "month", pool = pool })
a:gate { at = 4, continue_if = roi.gt(a.inputs.effect, 0), oracle = true } -- expect error: use case 'a', the gate comes after 'calls', which takes from pool 'people' (line 128), which counts what the use case does: declare it before
---- a take after an output was read
local a = model:use_case("a")
local pool = model:pool("people", { hours = 12 })
a:cost("fee", 3, { every = "month" })
model.outputs.a = a.npv
a:free_hours("calls", { hours = 12, every = "month", pool = pool }) -- expect error: free_hours 'calls' comes too late: reading a.npv (line 134) closed the use case to further flows
---- nothing takes
local pool = model:pool("people", { hours = 12 }) -- expect warning: nothing takes from pool 'people': give { pool = ... } to free_hours or time_saved
model:cost("fee", roi.uniform(1, 2), { every = "month" })
return model
---- what is no pool
local a = model:use_case("a")
a:free_hours("calls", { hours = 12, every = "month", pool = "people" }) -- expect error: pool must be what model:pool(name, { hours = }) gave, not the text 'people'
---- a use case for a pool
local a = model:use_case("a")
a:free_hours("calls", { hours = 12, every = "month", pool = a }) -- expect error: pool must be what model:pool(name, { hours = }) gave, not a value of another kind
---- a saving from a pool is worth what was granted
local near = require "data.near"
local a, b = model:use_case("a"), model:use_case("b")
local pool = model:pool("people", { hours = 10 })
a.inputs.volume = roi.uniform(60, 120)
a:time_saved("calls", { volume = a.inputs.volume, every = "month", minutes = 5, wage = 20, cash = 0.5, pool = pool })
b:time_saved("mails", { volume = 100, every = "month", minutes = 6, wage = 30, cash = 1, pool = pool })
local hours = a.inputs.volume / 12
model.outputs.ok = roi.all(near(a.npv, 12 * hours * 10 / (hours + 10) * 20 * 0.5), near(b.npv, 12 * 10 * 10 / (hours + 10) * 30))
return model
