---- the use cases' npv add up to the whole's, and each bears its part of what is shared
local roi = require "roisim"
local model = roi.model { horizon = 12, discount_rate = 0.1, currency = "EUR" }
local near = require "data.near"
local a, b, c = model:use_case("a"), model:use_case("b", { department = "sales", owner = "Kim", work = "hero" }), model:use_case "c"
a.inputs.gain, a.inputs.run = roi.normal(500, 100), roi.uniform(50, 80)
b.inputs.order, c.inputs.fee = roi.uniform(900, 4000), roi.uniform(10, 20)
local x = model.inputs
x.licence, x.rent, x.desk, x.audit = roi.uniform(100, 140), roi.uniform(20, 30), roi.uniform(5, 9), roi.uniform(200, 300)
a:benefit("gain", a.inputs.gain, { every = "month" })
a:cost("run", a.inputs.run, { every = "month" })
b:benefit("order", roi.at(3, b.inputs.order))
b:cost("set-up", roi.at(0, 400))
c:cost("fee", c.inputs.fee, { every = "month" })
model:cost("licence", x.licence, { every = "month" })
model:cost("rent", x.rent, { every = "month", spread = "benefits" })
model:cost("desk", x.desk, { every = "month", spread = "costs" })
model:cost("audit", roi.at(6, x.audit), { spread = { a = 3, b = 1 } })
model:risk("outage", { probability = 1, loss = x.audit * 10, at = 9 })
local function pv(p) return 1.1 ^ (-p / 12) end
local months = 0
for p = 1, 12 do months = months + pv(p) end
local benefits = { a.inputs.gain * months, b.inputs.order * pv(3), 0 }
local costs = { a.inputs.run * months, 400, c.inputs.fee * months }
local o = model.outputs
local function bears(i, whole)
  local total_benefit = roi.max(benefits[1], 0) + benefits[2]
  local by_benefit, by_cost = roi.max(benefits[i], 0) / total_benefit, costs[i] / (costs[1] + costs[2] + costs[3])
  return x.licence * months / 3 + x.rent * months * by_benefit + x.desk * months * by_cost + x.audit * pv(6) * ({ 0.75, 0.25, 0 })[i]
    + x.audit * 10 * pv(9) / 3
end
for i, case in ipairs { a, b, c } do
  o["ok_" .. case.name] = near(case.npv, benefits[i] - costs[i] - bears(i))
  o["ok_cost_" .. case.name] = near(case.pv_cost, costs[i] + bears(i))
  o["ok_benefit_" .. case.name] = near(case.pv_benefit, benefits[i])
end
o.ok_sum = near(a.npv + b.npv + c.npv, model.npv)
o.ok_costs = near(a.pv_cost + b.pv_cost + c.pv_cost, model.pv_cost)
print(b.department, b.owner, b.work, b.name) -- expect: sales Kim hero b
return model
---- nothing to go by: shared alike
local near = require "data.near"
local a, b = model:use_case("a"), model:use_case("b")
a:benefit("gain", roi.at(2, -5 * roi.uniform(1, 2))) -- a loss has no share
b:benefit("gain", roi.at(2, 0 * roi.uniform(1, 2)))
model:cost("licence", 10, { every = "month", spread = "benefits" })
model:cost("desk", 20, { every = "month", spread = "costs" })
model.outputs.ok_a = near(a.pv_cost, 180)
model.outputs.ok_b = near(b.pv_cost, 180)
return model
---- who has a benefit bears all of what goes by benefits
local near = require "data.near"
local a, b = model:use_case("a"), model:use_case("b")
a:benefit("gain", roi.at(2, -5 * roi.uniform(1, 2)))
b:benefit("gain", roi.at(2, roi.uniform(1, 2)))
model:cost("licence", 10, { every = "month", spread = "benefits" })
model.outputs.ok_a = near(a.npv, a.pv_benefit)
model.outputs.ok_b = near(b.pv_cost, 120)
return model
---- the model's own benefits are no use case's
local near = require "data.near"
local a = model:use_case("a")
a:benefit("gain", roi.uniform(1, 2), { every = "month" })
model:benefit("grant", roi.at(1, 100))
model:cost("licence", 1, { every = "month" })
model.outputs.ok_whole = near(a.npv + 100, model.npv)
return model
---- standard outputs of a use case
-- args: --prob '["a.npv"] >= 160 and ["a.payback"] == 4' --prob '["a.irr"] > 0 or ["a.bcr"] > 0 or ["a.peak_funding"] > 0'
local near = require "data.near"
local one = roi.uniform(1, 1)
local a = model:use_case("a")
a:cost("set-up", roi.at(0, 100 * one))
a:benefit("gain", 30 * one, { every = "month" })
a:cost("run", 5 * one, { every = "month" })
local o = model.outputs
o.ok_npv, o.ok_roi = near(a.npv, 200), near(a.roi, 200 / 160)
o.ok_payback = roi.all(roi.eq(a.payback, 4), roi.eq(a.discounted_payback, 4))
o.ok_bcr, o.ok_peak = near(a.bcr, 360 / 160), roi.eq(a.peak_funding, 100)
o.ok_irr = near(roi.npv((1 + a.irr) ^ (1 / 12) - 1, roi.at(0, -100) + 25 * (t / t)), 0)
o.ok_whole = roi.all(roi.eq(a.npv, model.npv), roi.eq(a.roi, model.roi), roi.eq(a.payback, model.payback))
return model
---- up to a period
local near = require "data.near"
local one = roi.uniform(1, 1)
local a, rival = model:use_case("a"), model:actor("rival")
a:cost("set-up", roi.at(0, 100 * one))
a:benefit("gain", 30 * one, { every = "month" })
model:cost("licence", 6, { every = "month" })
rival:benefit("gain", t * one)
local o = model.outputs
o.ok_npv = roi.all(near(a:npv_to(1), -76), near(a:npv_to(5), 20), near(a:npv_to(12), 188))
o.ok_same = roi.all(near(a:npv_to(12), a.npv), near(model:npv_to(12), model.npv), roi.eq(a:npv_to(5), a:npv_to(5)))
o.ok_roi = roi.all(near(a:roi_to(5), 20 / 130), near(model:roi_to(5), 20 / 130))
o.ok_rival = near(rival:npv_to(3), 6)
return model
---- up to a period, discounted
local roi = require "roisim"
local model = roi.model { horizon = 8, period = "quarter", discount_rate = 0.21 }
local near = require "data.near"
local a = model:use_case("a")
a.inputs.gain = roi.uniform(1, 2)
a:benefit("gain", a.inputs.gain, { every = "quarter" })
a:cost("fee", 0.25, { every = "year" })
model.outputs.ok_npv = near(a:npv_to(4), a.inputs.gain * (1.21 ^ -0.25 + 1.1 ^ -1 + 1.21 ^ -0.75 + 1 / 1.21) - 0.25 / 1.21)
model.outputs.ok_later = near(a:npv_to(8) - a:npv_to(7), (a.inputs.gain - 0.25) / 1.21 ^ 2)
return model
---- no cost is a state up to a period too
local a = model:use_case("a")
a:benefit("gain", roi.uniform(1, 2), { every = "month" })
model.outputs.ok_undefined = roi.no(roi.any(roi.lt(a:roi_to(3), 0), roi.ge(a:roi_to(3), 0)))
return model
---- actors stand beside the whole
-- args: --prob '["rival.npv"] > ["npv"]' --set 'rival.share=roi.uniform(0.6,0.7)'
local near = require "data.near"
local one = roi.uniform(1, 1)
local a, rival, other = model:use_case("a"), model:actor("rival"), model:actor("other")
a:benefit("gain", 10 * one, { every = "month" })
model:cost("licence", 1, { every = "month" })
rival.inputs.share = roi.uniform(0.1, 0.2)
local o = model.outputs
o.ok_whole = near(model.npv, 108)
rival:benefit("sales", 1000 * rival.inputs.share, { every = "month" }) -- what the whole's outputs closed is open for rivals
rival:cost("fee", 20, { every = "month" })
rival:risk("fine", { probability = 1, loss = 50, at = 3 })
other:cost("fee", 30, { every = "month" })
o.ok_rival = near(rival.npv, 12000 * rival.inputs.share - 290)
o.ok_set = roi.ge(rival.inputs.share, 0.6)
o.ok_unshared = near(other.npv, -360)
return model
---- a model of actors alone
local rival = model:actor("rival")
rival:benefit("sales", roi.uniform(1, 2), { every = "month" })
model.outputs.ok = roi.gt(rival.npv, 0)
return model
---- the same names in several parts
local near = require "data.near"
local a, b, rival = model:use_case("a"), model:use_case("b"), model:actor("rival")
for i, part in ipairs { a, b, rival } do
  part.inputs.gain = roi.uniform(i, i + 1)
  part:benefit("gain", part.inputs.gain, { every = "month" })
  part:risk("outage", { probability = 0.5, loss = roi.uniform(i, 2 * i), at = roi.uniform(1, 5) })
end
model:benefit("gain", 1, { every = "month" })
model.inputs.gain = roi.uniform(0, 1)
model:cost("fee", model.inputs.gain, { every = "month" })
model.outputs.ok = near(model.pv_benefit, 12 * (a.inputs.gain + b.inputs.gain + 1))
return model
---- inputs under --set
-- args: --set triage.cut=0.25 --set 'triage.minutes=roi.uniform(7,8)' --set triage.fine.loss=3 --set triage.fine.occurs=1 --set triage.calls=10
local near = require "data.near"
local u = model:use_case("triage")
u.inputs.cut, u.inputs.minutes, u.inputs.calls = roi.uniform(0, 0.1), roi.uniform(1, 2), 5
u:benefit("gain", u.inputs.cut * u.inputs.minutes * u.inputs.calls, { every = "month" })
u:risk("fine", { probability = 0.1, loss = roi.uniform(1, 2), at = 1 })
model.outputs.ok_set = roi.all(roi.eq(u.inputs.cut, 0.25), roi.ge(u.inputs.minutes, 7), roi.eq(u.inputs.calls, 10))
model.outputs.ok_npv = near(u.npv, 30 * u.inputs.minutes - 3)
return model
---- a delay
local roi = require "roisim"
local model = roi.model { horizon = 12, discount_rate = 0.21 }
local near = require "data.near"
local u = model:use_case("u")
u.inputs.gain = roi.uniform(1, 2)
u:benefit("gain", roi.at(4, u.inputs.gain), { delay = 2 })
u:benefit("rent", u.inputs.gain, { every = "month", delay = 10 }) -- two of twelve arrive
u:cost("fee", roi.at(0, u.inputs.gain), { delay = 12 })
u:cost("late", roi.at(3, 7), { delay = 10 }) -- after the horizon
local function pv(p) return 1.21 ^ (-p / 12) end
model.outputs.ok = near(u.npv, u.inputs.gain * (pv(6) + pv(11) + pv(12) - pv(12)))
return model
---- capacity and welfare are no money
local near = require "data.near"
local u = model:use_case("u")
u.inputs.gain = roi.uniform(1, 2)
u:benefit("cash", u.inputs.gain, { every = "month", kind = "cash" })
u:benefit("sales", u.inputs.gain, { every = "month", kind = "revenue" })
u:benefit("fees", u.inputs.gain, { every = "month", kind = "avoided" })
u:benefit("hours", 1000 * u.inputs.gain, { every = "month", kind = "capacity" })
u:benefit("morale", 1000 * u.inputs.gain, { every = "month", kind = "welfare" })
model.outputs.ok_npv = near(u.npv, 36 * u.inputs.gain)
model.outputs.ok_whole = near(model.pv_benefit, 36 * u.inputs.gain)
return model
---- what is paid is past
local near = require "data.near"
local u = model:use_case("u")
u.inputs.gain = roi.uniform(1, 2)
u:benefit("gain", u.inputs.gain, { every = "month" })
u:cost("study", roi.at(0, 5000), { paid = true })
u:cost("fee", 1, { every = "month", paid = false })
model:cost("survey", roi.at(0, 7000), { paid = true, spread = "costs" })
model.outputs.ok = roi.all(near(u.npv, 12 * u.inputs.gain - 12), near(model.npv, u.npv))
return model
---- prices of today rise with the model's inflation
local roi = require "roisim"
local model = roi.model { horizon = 3, period = "year", discount_rate = 0.1, inflation = roi.uniform(0.02, 0.03):name("inflation") }
local near = require "data.near"
local u = model:use_case("u")
u.inputs.gain = roi.uniform(1, 2)
u:benefit("gain", u.inputs.gain, { every = "year", basis = "real" })
u:cost("set-up", roi.at(0, 5), { basis = "real" })
u:cost("fee", 2, { every = "year", basis = "nominal" })
u:cost("late", roi.at(1, 7), { basis = "real", delay = 1 }) -- in prices of the day it is paid
local rise = model.inflation + 1
local factor = rise / 1.1
model.outputs.ok = near(u.npv, u.inputs.gain * (factor + factor ^ 2 + factor ^ 3) - 5 - 2 * (1 / 1.1 + 1 / 1.21 + 1 / 1.331) - 7 * factor ^ 2)
return model
---- plain inflation by month
local roi = require "roisim"
local model = roi.model { horizon = 24, inflation = 0.21 }
local near = require "data.near"
local gain = roi.uniform(1, 2)
model:benefit("gain", roi.at(6, gain) + roi.at(24, gain), { basis = "real" })
model.outputs.ok = near(model.npv, gain * (1.1 + 1.4641))
return model
---- tax and a multiple of the last year add up too
local roi = require "roisim"
local model = roi.model { horizon = 18, discount_rate = 0.1, tax_rate = 0.25, terminal = { multiple = 2 } }
local near = require "data.near"
local a, b = model:use_case("a"), model:use_case("b")
a:benefit("gain", roi.uniform(1, 2), { every = "month" })
b:benefit("gain", roi.uniform(2, 3), { every = "month" })
b:cost("set-up", roi.at(0, 10))
model:cost("licence", 1, { every = "month", spread = "benefits" })
model:risk("outage", { probability = 0.5, loss = 3, at = 9 })
model.outputs.ok = near(a.npv + b.npv, model.npv)
return model
---- what is asked for early is what it is in the end
local near = require "data.near"
local a, b = model:use_case("a"), model:use_case("b")
a:benefit("gain", roi.uniform(1, 2), { every = "month" })
local early = a.npv -- and the model's own costs are still to come
model.outputs.ok_later = near(early, a.pv_benefit - 60)
b:benefit("bonus", roi.at(12, 0.1 * early)) -- a part can rest on another's outputs
b:cost("fee", roi.at(12, roi.where(roi.gt(a.payback, 1), 5, 3)))
model:cost("licence", 10, { every = "month" })
model.outputs.ok_rests = near(b.npv, 0.1 * early - 60 - roi.where(roi.gt(a.payback, 1), 5, 3))
return model
---- who has no flows bears nothing
local near = require "data.near"
local a = model:use_case("a")
local idle = model:use_case("idle") -- expect warning: use case 'idle' has no benefits, costs or risks, so it has no outputs
a:benefit("gain", roi.uniform(1, 2), { every = "month" })
model:cost("licence", 10, { every = "month" })
model:cost("rent", 10, { every = "month", spread = { a = 1, idle = 3 } })
model.outputs.ok = near(a.npv, model.npv)
return model
---- parts with nothing to count
local a = model:use_case("idle") -- expect warning: use case 'idle' has no benefits, costs or risks, so it has no outputs
local b = model:actor("absent") -- expect warning: actor 'absent' has no benefits, costs or risks, so it has no outputs
model:benefit("gain", roi.uniform(1, 2), { every = "month" })
return model
---- a library that declares a use case: its lines are named
local u = require("data.triage").declare(model)
model.outputs.ok = roi.gt(u.npv, 0)
return model
---- and where it ends in the call
require("data.triage").at_the_end(model) -- expect failure: data/triage.lua:12: use case 'triage': unknown option 'deparment'; did you mean 'department'?
return model
---- of a part's method
require("data.triage").flow(model) -- expect failure: data/triage.lua:17: cost 'fee' is one number
return model
---- of a piece loaded when first called
require("data.triage").pilot(model) -- expect failure: data/triage.lua:22: use case 'triage', the pilot: cost -1 must be 0 or more
return model
---- of the model itself
local roi = require "roisim"
local model = require("data.triage").model() -- expect failure: data/triage.lua:26: roi.model: unknown option 'horizn'
return model
---- of the library's functions: a curve
model.outputs.a = roi.sum(require("data.triage").curve(t)) -- expect failure: data/triage.lua:30: roi.curve.logistic(t, k, mid): k must be
---- of one in a piece of its own
model.outputs.a = roi.sum(require("data.triage").learned(t)) -- expect failure: data/triage.lua:34: roi.curve.wright
---- a process
model.outputs.a = roi.sum(require("data.triage").walk()) -- expect failure: data/triage.lua:38: roi.process.ar1: unknown option 'ph'
---- a reduction
model.outputs.a = require("data.triage").sum() -- expect failure: data/triage.lua:42: roi.sum: the list is empty
