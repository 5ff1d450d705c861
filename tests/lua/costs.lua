---- seats
local count = model:seats("licences", { count = 12, price = 35, every = "month" })
model.outputs.ok_cost = roi.eq(model.npv, -5040)
model.outputs.ok_count = roi.eq(count[7], 12)
return model
---- seats paid by the year, and by the week
model:seats("by the year", { count = t, price = 100, every = "year" })
model:seats("by the week", { count = 3, price = 1, every = "week" })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 1200 + 156), 1e-9) -- 12 seats in period 12; 52 weeks of 3
return model
---- seats by tiers: 6 p seats; marginal and all-units bills summed in Python
local list = { { from = 0, price = 30 }, { from = 10, price = 25 }, { from = 50, price = 20 } }
local u, v = model:use_case("u"), model:use_case("v")
u:seats("licences", { count = 6 * t, tiers = list, pricing = "marginal", every = "month" })
v:seats("licences", { count = 6 * t, tiers = list, pricing = "all_units", every = "month" })
model.outputs.ok_marginal = roi.lt(roi.abs(u.npv + 12020), 1e-9)
model.outputs.ok_all = roi.lt(roi.abs(v.npv + 10470), 1e-9)
return model
---- where a tier begins
-- 10 seats cost 300 either way; 12 cost 350 or 300; 60 cost 1500 or 1200.
local list = { { from = 0, price = 30 }, { from = 10, price = 25 }, { from = 50, price = 20 } }
local n = roi.series { 5, 10, 12, 60 }
local u, v = model:use_case("u"), model:use_case("v")
u:usage("units", { units = n, tiers = list, pricing = "marginal" })
v:usage("units", { units = n, tiers = list, pricing = "all_units" })
model.outputs.ok_marginal = roi.eq(u.npv, -(150 + 300 + 350 + 1500))
model.outputs.ok_all = roi.eq(v.npv, -(150 + 300 + 300 + 1200))
return model
---- seats that are paid for a time
-- Contracts kept one by one in Python: 10 10 10 10 4 12 12 8 8 3 3 3 (93 in all) with 4 months, 134 with 12.
local count = roi.series { 10, 10, 4, 4, 4, 12, 12, 3, 3, 3, 3, 3 }
local u, v, w = model:use_case("u"), model:use_case("v"), model:use_case("w")
u:seats("licences", { count = count, price = 1, every = "month", commit = 4 })
v:seats("licences", { count = count, price = 1, every = "month", commit = 12 })
w:seats("licences", { count = count * roi.uniform(1, 1), price = 1, every = "month", commit = 4 })
model.outputs.ok_four = roi.eq(u.npv, -93)
model.outputs.ok_twelve = roi.eq(v.npv, -134)
model.outputs.ok_uncertain = roi.eq(w.npv, -93)
return model
---- a contract outlasts a use case that is given up
-- Used in 1, 2 and 3, paid in 1 to 6.
local u = model:use_case("triage")
u:abandonment("gives up", { probability = 1, at = 4 })
local used = u:seats("licences", { count = 5, price = 1, every = "month", commit = 6 })
model.outputs.ok_paid = roi.eq(u.npv, -30)
model.outputs.ok_used = roi.eq(roi.sum(used), 15)
return model
---- months of a commitment in a model by weeks
local roi = require "roisim"
local model = roi.model { horizon = 30, period = "week" }
model:seats("licences", { count = roi.series { 7 }, price = 1, every = "week", commit = 3 })
model.outputs.ok_thirteen = roi.eq(model.npv, -7 * 13)
return model
---- use, with units that are included
model:usage("calls", { units = 100 * t, included = 300, price = 0.5 })
model.outputs.ok_cost = roi.eq(model.npv, -0.5 * 100 * (1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9))
return model
---- use that gets cheaper as it grows: a loop in Python
model:usage("units", { units = 100, every = "month", price = 2, learning = { rate = 0.2, at = 100 } })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 1493.0869304749078), 1e-9)
return model
---- steps: ceil(130 p / 400), one is there already
local needed = model:steps("clerks", { load = 130 * t, capacity = 400, price = 1500, every = "month", already = 1 })
model.outputs.ok_cost = roi.eq(model.npv, -27000)
model.outputs.ok_number = roi.all(roi.eq(needed[3], 0), roi.eq(needed[4], 1))
return model
---- a load that just fits
local needed = model:steps("clerks", { load = 0.1 * 3, capacity = 0.1, price = 1, every = "month" }) -- 3.0000000000000004
model.outputs.ok_number = roi.eq(needed[1], 3)
return model
---- connectors: 2 now, 3 in month 4; 2 x 5000 + 3 x 4000 + 150 x 2 x 12 + 100 x 3 x 9
model:connectors("CRM and mail", { every = "month",
  stages = { { at = 0, count = 2, build = 5000, run = 150 }, { at = 4, count = 3, build = 4000, run = 100 } } })
model.outputs.ok_cost = roi.eq(model.npv, -28300)
return model
---- training: 40 people, 6 hours of 30 and 200, 24% a year replaced: 40 x 380 x 1.24
model:training("course", { people = 40, hours = 6, wage = 30, fee = 200, turnover = 0.24 })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 18848), 1e-9)
return model
---- training of people as they come: a loop in Python
local trained = model:training("course", { people = roi.min(10 * t, 40), hours = 6, wage = 30, fee = 200, turnover = 0.24 })
model.outputs.ok_people = roi.lt(roi.abs(roi.sum(trained) - 47.6), 1e-9)
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 18088), 1e-9)
return model
---- prices of today, and sunk cost
-- 100 a month at 12% a year: sum of 100 1.12^(p/12) in Python
local roi = require "roisim"
local model = roi.model { horizon = 12, inflation = 0.12 }
model:usage("calls", { units = 100, every = "month", price = 1, basis = "real" })
model:usage("before", { units = 100, every = "month", price = 1, paid = true })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 1276.649790835318), 1e-9)
return model
---- curves over what was done
-- 40 x 0.8^3 at the 8th unit; 40 (7/2)^log2(0.85); 0.9 - 0.3 2^(-1.5)
print(roi.abs(roi.curve.wright(8, { first = 40, rate = 0.2 }) - 20.48) < 1e-12) -- expect: true
print(roi.abs(roi.curve.wright(7, { first = 40, rate = 0.15, at = 2 }) - 29.819128005037932) < 1e-12) -- expect: true
print(roi.curve.wright(0, { first = 40, rate = 0.2 })) -- expect: 40.0
print(roi.abs(roi.curve.learning(7500, { start = 0.6, top = 0.9, half = 5000 }) - 0.7939339828220179) < 1e-15) -- expect: true
print(roi.curve.learning(0, { start = 0.6, top = 0.9, half = 5000 })) -- expect: 0.6
local used = roi.curve.learning(roi.lag(roi.cumsum(t)), { start = 0, top = 1, half = roi.uniform(1, 1) })
model.outputs.ok_series = roi.lt(roi.abs(used[3] - 0.875), 1e-15) -- 3 uses before period 3
return model
---- what data do to an effect
-- 0.7 - 0.3 (0.5 x 2); below zero without governance: 0.4 - 0.6 x 3; never below zero where all is caught
print(roi.abs(roi.curve.data_quality(0.7, { repair = 2, governance = 0.5 }) - 0.4) < 1e-15) -- expect: true
print(roi.abs(roi.curve.data_quality(0.4, { repair = 3, governance = 0 }) + 1.4) < 1e-15) -- expect: true
print(roi.curve.data_quality(0.4, { repair = 3, governance = 1 })) -- expect: 0.4
print(roi.curve.data_quality(1, { repair = 3, governance = 0 })) -- expect: 1.0
x.data = roi.uniform(0.5, 0.6)
model.outputs.ok_same = roi.lt(roi.abs(roi.curve.data_quality(x.data, { repair = 1, governance = 0 }) - (2 * x.data - 1)), 1e-15)
return model
---- what use cases share may be in the words of costs, and a cost's second part is shared alike
local near = require "data.near"
local a, b = model:use_case("a"), model:use_case("b")
a:cost("own", 1, { every = "month" })
b:cost("own", 1, { every = "month" })
model:seats("licences", { count = 12, price = 35, every = "month", spread = { a = 3, b = 1 } })
model:ai_usage("tokens", { requests = 60, every = "month", tokens_in = 1, tokens_out = 0, price_in = 2, price_out = 0, per = 1,
  review = { share = 0.5, minutes = 1, wage = 20 }, spread = { b = 1 } })
model.outputs.ok_a = near(a.npv, -12 - 12 * 315)
model.outputs.ok_b = near(b.npv, -12 - 12 * (105 + 120 + 10))
return model
---- a use case's own costs are shared by nobody
local u = model:use_case("u")
u:seats("licences", { count = 12, price = 35, every = "month", spread = "equal" }) -- expect error: seats 'licences': spread says how the use cases share a cost of the model's own
