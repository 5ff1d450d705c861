---- time saved: hours, cash, and capacity outside npv
-- 100 p items of 6 - 1 minutes: sum of 100 p 5 / 60 = 650 hours; a quarter of 650 x 30 is cash.
local hours = model:time_saved("drafting", { volume = 100 * t, minutes = 6, check = 1, wage = 30, cash = 0.25 })
model.outputs.ok_hours = roi.lt(roi.abs(roi.sum(hours) - 650), 1e-9)
model.outputs.ok_cash = roi.lt(roi.abs(model.npv - 4875), 1e-9)
return model
---- time saved, discounted
-- sum of 100 p 5/60 30/4 1.1^(-p/12), summed in Python
local roi = require "roisim"
local model = roi.model { horizon = 12, discount_rate = 0.1 }
model:time_saved("drafting", { volume = 100 * model.time, minutes = 6, check = 1, wage = 30, cash = 0.25 })
model.outputs.ok_cash = roi.lt(roi.abs(model.npv - 4564.018657721061), 1e-9)
return model
---- a count that is one number says how often
-- 60 a week, 52 weeks, 3 minutes each
local hours = model:time_saved("drafting", { volume = 60, every = "week", minutes = 3, wage = 1, cash = 1 })
model.outputs.ok_hours = roi.lt(roi.abs(roi.sum(hours) - 156), 1e-9)
return model
---- savings that cost time
local hours = model:time_saved("drafting", { volume = 100 * t, minutes = 1, check = 3, wage = 30, cash = 1 }) -- expect warning: time_saved 'drafting': checking takes 3 minutes and only 1 are saved, so each item costs time
model.outputs.ok_below_0 = roi.lt(roi.abs(model.npv + 7800), 1e-9) -- 7800 items of -2 minutes at 30 an hour
return model
---- none of it becomes money
model:time_saved("drafting", { volume = 100 * t, minutes = 6, wage = 30, cash = 0 })
model.outputs.ok_nothing = roi.eq(model.npv, 0)
return model
---- a dip while people learn
-- From 3, over 4 periods: 1 1 .5 .625 .75 .875 1 ...: 12 - 1.25 in all.
model:revenue("sales", { amount = 100, every = "month", margin = 1, dip = { depth = 0.5, periods = 4, from = 3 } })
model.outputs.ok_dip = roi.lt(roi.abs(model.npv - 1075), 1e-9)
return model
---- a dip that never begins, and one in an uncertain period
local never = model:revenue("a", { amount = 100, every = "month", margin = 1, dip = { depth = 2, periods = 4, from = roi.never } })
local some = model:revenue("b", { amount = 100, every = "month", margin = 1,
  dip = { depth = roi.uniform(2, 2), periods = roi.uniform(4, 4), from = roi.uniform(3, 3) } })
model.outputs.ok_never = roi.eq(roi.sum(never), 1200)
model.outputs.ok_some = roi.lt(roi.abs(roi.sum(some) - 700), 1e-9) -- 1200 - 2 x 2.5 x 100
return model
---- a dip of what begins now
local sold = model:revenue("a", { amount = roi.at(0, 80) + 100, margin = 1, dip = { depth = 0.5, periods = 2 } })
model.outputs.ok_now = roi.eq(sold[0], 180)
model.outputs.ok_first = roi.eq(sold[1], 50)
model.outputs.ok_second = roi.eq(sold[2], 75)
return model
---- what comes later
model:revenue("sales", { amount = 100 * t, margin = 0.5, delay = 3 })
model.outputs.ok_late = roi.lt(roi.abs(model.npv - 2250), 1e-9) -- 50 (1 + ... + 9)
return model
---- what comes later in an uncertain period
model:revenue("sales", { amount = 100 * t, margin = 0.5, delay = roi.uniform(2.5, 2.6) })
model.outputs.ok_late = roi.lt(roi.abs(model.npv - 2250), 1e-9) -- rounded up
return model
---- volume and price
local sold = model:revenue("sales", { volume = 40, every = "month", price = 120, margin = -0.25 })
model.outputs.ok_sold = roi.eq(roi.sum(sold), 57600)
model.outputs.ok_lost = roi.eq(model.npv, -14400)
return model
---- hours freed, as far as a pool goes
local pool = model:pool("evenings", { hours = 10 })
local a = model:free_hours("a", { hours = 8, every = "month", pool = pool })
local b = model:free_hours("b", { volume = 360 + 0 * t, minutes = 2, pool = pool })
model.outputs.ok_a = roi.lt(roi.abs(a[5] - 4), 1e-12) -- of 8 + 12 asked, 10 are there
model.outputs.ok_b = roi.lt(roi.abs(b[5] - 6), 1e-12)
return model
---- hours of a pool become money once
local pool = model:pool("desk", { hours = 10, rule = "order" })
model:time_saved("a", { volume = 60, every = "month", minutes = 8, wage = 10, cash = 1, pool = pool })
model:time_saved("b", { volume = 60, every = "month", minutes = 8, wage = 10, cash = 1, pool = pool })
model.outputs.ok_total = roi.lt(roi.abs(model.npv - 1200), 1e-9)
return model
---- hours freed without a pool
local hours = model:free_hours("a", { volume = 300, every = "month", minutes = 5, check = 1 })
model.outputs.ok_hours = roi.lt(roi.abs(roi.sum(hours) - 240), 1e-9)
return model
---- errors, cycles, fees
-- 12 x 3000 x 0.04 x 0.5 x 60;  12 x 80 x 12 x 0.25 x 15;  12 x 4000 x 0.6
local errors = model:errors_avoided("rework", { volume = 3000, every = "month", rate = 0.04, cut = 0.5, cost = 60 })
local days = model:faster_cycle("billing", { cases = 80, every = "month", days = 12, cut = 0.25, value = 15 })
local fees = model:fees_replaced("agency", { fee = 4000, every = "month", share = 0.6 })
model.outputs.ok_errors = roi.lt(roi.abs(roi.sum(errors) - 720), 1e-9)
model.outputs.ok_days = roi.lt(roi.abs(roi.sum(days) - 2880), 1e-9)
model.outputs.ok_fees = roi.lt(roi.abs(roi.sum(fees) - 28800), 1e-9)
model.outputs.ok_all = roi.lt(roi.abs(model.npv - (43200 + 43200 + 28800)), 1e-9)
return model
---- quality by an elasticity: 12 x 50000 x ((0.85 / 0.8)^0.3 - 1) x 0.4 in Python
model:quality("answers", { revenue = 50e3, every = "month", value = 0.85, baseline = 0.8, elasticity = 0.3, margin = 0.4 })
model.outputs.ok_value = roi.lt(roi.abs(model.npv - 4404.908234154146), 1e-8)
return model
---- quality by points, with a bound on both sides
local up = model:quality("up", { revenue = 50e3, every = "month", value = 9, baseline = 4, per_point = 0.02, most = 0.08, margin = 0.4 })
local down = model:quality("down", { revenue = 50e3, every = "month", value = 0, baseline = 9, per_point = 0.02, most = 0.08, margin = 0.4 })
model.outputs.ok_up = roi.lt(roi.abs(roi.sum(up) - 48000), 1e-8)
model.outputs.ok_down = roi.lt(roi.abs(roi.sum(down) + 48000), 1e-8)
return model
---- personalisation: 12 x 50000 x 0.5 x 0.6 x 0.04 x 0.4
model:personalisation("mail", { revenue = 50e3, every = "month", reach = 0.5, data = 0.6, lift = 0.04, margin = 0.4 })
model.outputs.ok_value = roi.lt(roi.abs(model.npv - 2880), 1e-9)
return model
---- conversion by a lift and by a new rate
local a = model:conversion("a", { leads = 400, every = "month", rate = 0.05, lift = 0.1, value = 900, margin = 0.4 })
model:conversion("b", { leads = 400 + 10 * t, rate = 0.05, to = 0.07, value = 900, margin = 0.4 })
model.outputs.ok_customers = roi.lt(roi.abs(roi.sum(a) - 24), 1e-9)
model.outputs.ok_value = roi.lt(roi.abs(model.npv - (8640 + 40176)), 1e-8)
return model
---- an uncertain conversion never exceeds its leads
local a = model:conversion("a", { leads = 400, every = "month", rate = roi.uniform(0.8, 0.8), lift = 0.5, value = 1, margin = 1 })
model.outputs.ok_all_buy = roi.lt(roi.abs(roi.sum(a) - 960), 1e-9)
return model
---- retention: 3 kept a month, each pays 45 for 3 months: 3 x 45 x (1 + 2 + 3 x 10)
local kept = model:retention("kept", { customers = 1500, churn = 0.02, cut = 0.1, margin = 45, months = 3 })
model.outputs.ok_kept = roi.lt(roi.abs(roi.sum(kept) - 36), 1e-9)
model.outputs.ok_value = roi.lt(roi.abs(model.npv - 4455), 1e-9)
return model
---- retention for part of a month: weights 1, 1, 0.5
model:retention("plain", { customers = 1500, churn = 0.02, cut = 0.1, margin = 45, months = 2.5 })
model:retention("uncertain", { customers = 1500, churn = 0.02, cut = 0.1, margin = 45, months = roi.uniform(2.5, 2.5) })
model:retention("for good", { customers = 1500, churn = 0.02, cut = 0.1, margin = 45, months = roi.uniform(500, 600) })
model.outputs.ok_value = roi.lt(roi.abs(model.npv - (3780 + 3780 + 10530)), 1e-8)
return model
---- months of a model by weeks: 0.5 kept a week, 2 a week for 13 weeks
local roi = require "roisim"
local model = roi.model { horizon = 60, period = "week" }
model:retention("kept", { customers = 500, churn = 0.01, cut = 0.1, margin = 2, months = 3 })
model.outputs.ok_value = roi.lt(roi.abs(model.npv - 702), 1e-9)
return model
---- acquisition: 20 a month, a tenth of those there leaves, 10 a month each, 50 to win one (a loop in Python)
local won = model:acquisition("new", { count = 20, every = "month", margin = 10, churn = 0.1, cac = 50 })
model.outputs.ok_npv = roi.lt(roi.abs(model.npv + 916.2683433420007), 1e-9)
model.outputs.ok_there = roi.lt(roi.abs(won.customers[12] - 143.51409270379997), 1e-10)
model.outputs.ok_ltv = roi.lt(roi.abs(won.ltv - 100), 1e-12)
model.outputs.ok_ratio = roi.lt(roi.abs(won.ltv_cac - 2), 1e-12)
model.outputs.ok_came = roi.eq(roi.sum(won.came), 240)
return model
---- what a benefit counts as
model:revenue("shown", { amount = 100, every = "month", margin = 1, kind = "welfare" })
model:revenue("counted", { amount = 100, every = "month", margin = 1, kind = "avoided" })
model.outputs.ok_npv = roi.eq(model.npv, 1200)
return model
---- distributions given in fields are inputs with names
-- args: --set drafting.minutes=6 --set drafting.dip.depth=0 --set triage.drafting.minutes=12
model:time_saved("drafting", { volume = 100 * t, minutes = roi.uniform(1, 2), wage = 30, cash = 1,
  dip = { depth = roi.uniform(0.1, 0.2), periods = 3 } })
local u = model:use_case("triage")
u:time_saved("drafting", { volume = 100 * t, minutes = roi.uniform(1, 2), wage = 30, cash = 1 })
model.outputs.ok_set = roi.lt(roi.abs(model.npv - 23400 - 46800), 1e-8)
return model
---- customers won before a use case is given up go on paying
-- Kept in 1, 2 and 3, each pays 45 in 3 months: 3 x 3 x 3 x 45. Hours end with the use case.
local u = model:use_case("triage")
u:abandonment("gives up", { probability = 1, at = 4 })
u:retention("kept", { customers = 1500, churn = 0.02, cut = 0.1, margin = 45, months = 3 })
local hours = u:time_saved("drafting", { volume = 60, every = "month", minutes = 1, wage = 10, cash = 1 })
model.outputs.ok_value = roi.lt(roi.abs(u.npv - 1215 - 30), 1e-9)
model.outputs.ok_hours = roi.eq(roi.sum(hours), 3)
return model
---- customers who come now pay from the first month on: 100, 50, 25
local won = model:acquisition("new", { count = roi.at(0, 200), margin = 1, churn = 0.5, cac = 0 })
model.outputs.ok_there = roi.all(roi.eq(won.customers[1], 100), roi.eq(won.customers[3], 25))
return model
---- what is drawn anew each period is an input too
-- args: --set sales.volume=5*roi.series{1,1}
local sold = model:revenue("sales", { volume = roi.each_period(roi.poisson(20)), price = 10, margin = 1 })
model:time_saved("drafting", { volume = 10, every = "month", minutes = 6, wage = roi.each_period(roi.uniform(30, 30)), cash = 1 })
model.outputs.ok_sold = roi.eq(roi.sum(sold), 100)
model.outputs.ok_all = roi.lt(roi.abs(model.npv - 100 - 360), 1e-9)
return model
---- a dip that begins when a gate is passed, if it is
local u = model:use_case("triage")
u.inputs.cut = roi.uniform(0.3, 0.4)
local pilot = u:pilot { periods = 2, share = 0.2, cost = 0, reads = { cut = { of = u.inputs.cut, sd = 0.01, n = 100 } } }
local gate = u:gate { after = pilot, continue_if = roi.ge(pilot.cut, 0.2) }
local stop = model:use_case("stopped")
stop.inputs.cut = roi.uniform(0.1, 0.11)
local second = stop:pilot { periods = 2, share = 0.2, cost = 0, reads = { cut = { of = stop.inputs.cut, sd = 0.01, n = 100 } } }
local closed = stop:gate { after = second, continue_if = roi.ge(second.cut, 0.2) }
u:revenue("sales", { amount = 10, every = "month", margin = 1, dip = { depth = 1, periods = 2, from = gate.next } })
stop:revenue("sales", { amount = 10, every = "month", margin = 1, dip = { depth = 1, periods = 2, from = closed.next } })
model.outputs.ok_passed = roi.eq(u.npv, 105) -- nothing in 3, half in 4
model.outputs.ok_closed = roi.eq(stop.npv, 20)
return model
