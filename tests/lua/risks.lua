---- what is certain and what never comes
local a = model:risk("sure", { probability = 1, loss = 50, at = 3, duration = 2.5 })
local b = model:risk("never", { probability = 0, severity = 90, at = 3 })
model.outputs.ok_total = roi.eq(model.npv, -125)
model.outputs.ok_half = roi.eq(model:npv_to(4), -100)
model.outputs.ok_a = roi.all(roi.eq(a.occurs, 1), roi.eq(a.at, 3))
model.outputs.ok_b = roi.all(roi.eq(b.occurs, 0), roi.eq(b.at, roi.never))
model.outputs.ok_loss = roi.eq(a.loss, 50)
return model
---- one period of two to four
local r = model:risk("leak", { probability = 1, loss = 1, between = { 2, 4 } })
model.outputs.ok_whole = roi.any(roi.eq(r.at, 2), roi.any(roi.eq(r.at, 3), roi.eq(r.at, 4)))
model.outputs.ok_there = roi.eq(model:npv_to(4), -1)
model.outputs.ok_not_yet = roi.eq(model:npv_to(1), 0)
return model
---- an uncertain last period, and a first that is now
local r = model:risk("leak", { probability = 1, loss = 1, between = { 0, roi.uniform(0, 0) } })
model.outputs.ok_now = roi.all(roi.eq(r.at, 0), roi.eq(model:npv_to(1), -1))
return model
---- what happens can be set
-- args: --set leak.occurs=1 --set leak.at=5 --set leak.loss=7 --set leak.duration=2
local r = model:risk("leak", { probability = 0.1, loss = roi.uniform(1, 2), between = { 2, 9 }, duration = roi.uniform(1, 1) })
model.outputs.ok_total = roi.eq(model.npv, -14)
model.outputs.ok_when = roi.eq(model:npv_to(5), -7)
return model
---- one leads to another
local a = model:risk("leak", { probability = 1, loss = 50, at = 3 })
local b = model:risk("fine", { probability = 1, loss = 20, triggered_by = a, lag = 2 })
local c = model:risk("press", { probability = 1, loss = 5, triggered_by = b })
local none = model:risk("quiet", { probability = 0, loss = 5, at = 1 })
local d = model:risk("nothing", { probability = 1, loss = 1000, triggered_by = none })
model.outputs.ok_total = roi.eq(model.npv, -75)
model.outputs.ok_when = roi.all(roi.eq(b.at, 5), roi.eq(c.at, 5))
model.outputs.ok_none = roi.eq(d.at, roi.never)
return model
---- losses that come often, each of its own
local r = model:risk("outage", { per_year = 24, loss = roi.uniform(5, 5) })
local s = model:risk("call-out", { per_year = 24, loss = 5 })
model.outputs.ok_fives = roi.eq(roi.sum(roi.abs(r.loss - 5 * r.count)), 0)
model.outputs.ok_same = roi.eq(roi.sum(roi.abs(s.loss - 5 * s.count)), 0)
model.outputs.ok_npv = roi.lt(roi.abs(model.npv + roi.sum(r.loss) + roi.sum(s.loss)), 1e-9)
return model
---- their draws have names
model:risk("outage", { per_year = 1.2, loss = roi.uniform(5, 9) })
local u = model:use_case("desk")
u:risk("outage", { per_year = 1.2, loss = roi.uniform(5, 9) })
model:correlate { { "outage.loss", "desk.outage.loss", 0.5 }, { "outage.number", "desk.outage.number", 0.2 } }
model.outputs.ok_any = roi.le(model.npv, 0)
return model
---- a use case that is given up
-- Benefits of 1, 2 and 3; what they had earned arrives later; the whole's own flows go on.
local u = model:use_case("desk")
local gone = u:abandonment("ends", { probability = 1, at = 4 })
u:benefit("now", 10, { every = "month" })
u:benefit("later", 10, { every = "month", delay = 5 })
model:benefit("other", 1, { every = "month" })
model.outputs.ok_total = roi.eq(u.npv, 60)
model.outputs.ok_whole = roi.eq(model.npv, 72)
model.outputs.ok_at = roi.all(roi.eq(gone.at, 4), roi.eq(roi.sum(gone.running), 4)) -- periods 0 to 3
return model
---- after another event
local u = model:use_case("desk")
local leak = u:risk("leak", { probability = 1, loss = 0, at = 2 })
local gone = u:abandonment("ends", { probability = 1, triggered_by = leak, lag = 1 })
u:benefit("now", 10, { every = "month" })
model.outputs.ok_total = roi.eq(u.npv, 20)
return model
---- a price that goes back
local s = model:price_shock("vendor", { probability = 1, factor = 2, at = 3, duration = 4 })
model.outputs.ok_sum = roi.eq(roi.sum(s.factor), 17) -- periods 0 to 12
model.outputs.ok_after = roi.all(roi.eq(s.factor[2], 1), roi.all(roi.eq(s.factor[6], 2), roi.eq(s.factor[7], 1)))
return model
---- whole shifts
local one = roi.uniform(1, 1)
model.outputs.ok_plain = roi.eq(roi.delayed(t, 3)[12], 9)
model.outputs.ok_up = roi.eq(roi.delayed(t, 2.1 * one)[12], 9)
model.outputs.ok_none = roi.eq(roi.sum(roi.abs(roi.delayed(t, 0 * one) - t)), 0)
model.outputs.ok_last = roi.eq(roi.delayed(t, 11 * one)[12], 1)
model.outputs.ok_beyond = roi.eq(roi.sum(roi.delayed(t, 12 * one)), 0)
model.outputs.ok_now = roi.eq(roi.delayed(roi.at(0, 5) + t, 12 * one)[12], 5)
model.outputs.ok_far = roi.eq(roi.sum(roi.delayed(roi.at(0, 5) + t, 1e6 * one)), 0)
model.outputs.ok_never = roi.eq(roi.sum(roi.delayed(t, roi.never)), 0)
model.outputs.ok_sometimes = roi.eq(roi.sum(roi.delayed(t, roi.where(roi.ge(one, 1), roi.never, 1))), 0)
return model
---- what is delayed can be left unused
local unused = roi.delayed(t, roi.uniform(1, 2))
model:price_shock("vendor", { probability = 1, factor = 2, at = 3 }) -- expect warning: input 'vendor.occurs' has no effect on any output
model.outputs.ok_other = roi.ge(roi.uniform(1, 2), 1)
return model
---- losses in prices of today
-- 100 in month 6 at 12% a year
local roi = require "roisim"
local model = roi.model { horizon = 12, inflation = 0.12 }
model:risk("leak", { probability = 1, loss = 100, at = 6, basis = "real" })
model.outputs.ok_loss = roi.lt(roi.abs(model.npv + 105.83005244258363), 1e-9)
return model
---- a project that comes late, or not
-- args: --set "late.occurs=1" --set "never late.occurs=0"
local late = model:project_delay("late", { probability = 0.4, periods = roi.uniform(1.1, 1.9) })
local never = model:project_delay("never late", { probability = 0.4, periods = 5 })
local sure = model:project_delay("sure", { periods = roi.uniform(2, 2) })
model.outputs.ok_two = roi.eq(late.periods, 2)
model.outputs.ok_none = roi.all(roi.eq(never.periods, 0), roi.eq(never.occurs, 0))
model.outputs.ok_sure = roi.eq(sure.periods, 2)
model.outputs.ok_shifted = roi.eq(roi.delayed(t, late.periods)[12], 10)
model.outputs.ok_in_time = roi.eq(roi.delayed(t, never.periods)[12], 12)
return model
---- another time than those it was said to come between
-- args: --set "leak.at=roi.uniform(10.5, 11)"
local r = model:risk("leak", { probability = 1, loss = 1, between = { 2, 4 } })
model.outputs.ok_at = roi.eq(r.at, 11)
return model
