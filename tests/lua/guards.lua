---- a percentage as a number
x.a = roi.triangular(20, 35, 50):unit "share" -- warns: [share-range] input 'a' has the unit "share", and its median is 35: 35% is written 0.35
model.outputs.a = x.a
return model
---- a share whose range leaves [0, 1]
x.a = roi.normal(0.7, 0.2):unit "share" -- warns: [share-range] input 'a' has the unit "share", but in one trial of a thousand it is above 1.32: roi.share(a, b) or :clamp(0, 1) keeps it in [0, 1]
x.b = roi.normal(0.1, 0.05):unit "probability" -- warns: [share-range] input 'b' has the unit "probability", but in one trial of a thousand it is below -0.0545: roi.share(a, b) or :clamp(0, 1) keeps it in [0, 1]
x.c = roi.normal(0.1, 0.06):unit "share" -- finds: [share-range] input 'c' has the unit "share", but in one trial of a thousand it is below -0.0854
model.outputs.a = x.a + x.b + x.c
return model
---- shares that are well: inside, kept inside, a change a month, percent that is turned, other units, uncertain parameters
-- finds nothing
x.a = roi.share(0.6, 0.9):unit "share"
x.b = roi.normal(0.7, 0.2):clamp(0, 1):unit "share of tickets"
x.c = roi.normal(0.01, 0.02):unit "share/month"
x.d = roi.normal(35, 5):unit "percent"
x.e = roi.normal(36, 5):unit "shares of stock sold"
x.f = roi.normal(x.e, 5):unit "share"
model.outputs.a = x.a + x.b + x.c + x.d / 100 + x.f
return model
---- a share that a word of the vocabulary takes
model:time_saved("a", { volume = roi.uniform(90, 110), every = "month", minutes = 5, wage = 20, cash = roi.normal(0.9, 0.1) }) -- warns: [share-range] time_saved 'a': cash is a share, but in one trial of a thousand it is above 1.21: roi.share(a, b) or :clamp(0, 1) keeps it in [0, 1]
model:time_saved("b", { volume = roi.uniform(70, 80), every = "month", minutes = 5, wage = 20, cash = roi.uniform(0.1, 0.9) })
model:cost("c", roi.uniform(1, 2), { every = "month" })
return model
---- a source that sells
x.a = roi.uniform(1, 2):source "Vendor's brochure, 2026" -- warns: [vendor-source] input 'a' comes from who sells it ("Vendor's brochure, 2026"): widen its range or discount it
x.b = roi.uniform(1, 3):source "a case study" -- warns: [vendor-source] input 'b' comes from who sells it ("a case study"): widen its range or discount it
model.outputs.a = x.a + x.b
return model
---- sources that are bound or independent
-- finds nothing
x.a = roi.uniform(1, 2):source "quote of the vendor"
x.b = roi.uniform(1, 3):source "our sales ledger"
x.c = roi.uniform(1, 4):source "vendored data" -- a word within a word
model.outputs.a = x.a + x.b + x.c
return model
---- a yearly rate used by the month
x.growth = roi.normal(0.35, 0.05) -- warns: [rate-by-period] 'growth' compounds each month: 0.35 a month is 3564% a year; a yearly rate is turned by model:per_period_growth(g)
x.decay = roi.uniform(0.2, 0.4) -- warns: [rate-by-period] 'decay' compounds each month: -0.3 a month is -98.6% a year; a yearly rate is turned by model:per_period_growth(g)
model.outputs.a = roi.sum((1 + x.growth)^t + (1 - x.decay)^(t - 1))
return model
---- a plain rate
model.outputs.a = roi.sum(1.2^t * roi.uniform(1, 2)) -- warns: [rate-by-period] a rate compounds each month: 0.2 a month is 792% a year; a yearly rate is turned by model:per_period_growth(g)
model.outputs.b = roi.sum(2^t * roi.uniform(1, 3)) + roi.sum(roi.uniform(1, 4)^t)
return model
---- rates of a month, said once as what they are in a year
x.growth = roi.normal(0.01, 0.004) -- finds: [rate-by-period] 'growth' compounds each month: 0.01 a month is 12.7% a year
x.churn = roi.uniform(0.01, 0.03) -- finds: [rate-by-period] 'churn' is used by the month: 0.02 a month is -21.5% a year
model.outputs.a = roi.sum((1 + x.growth)^t) + roi.sum((1 + x.growth)^(t + 2))
model.outputs.b = roi.last(roi.recur(100, function(customers) return customers - customers * x.churn end))
return model
---- rates that are turned, or of a year
-- finds nothing
x.growth = roi.normal(0.35, 0.05)
x.churn = roi.uniform(0.2, 0.3)
x.price = roi.uniform(0.1, 0.2)
model.outputs.a = roi.sum((1 + model:per_period_growth(x.growth))^t + (1 - x.price)^(t / 12))
model.outputs.b = roi.last(roi.recur(100, function(customers) return customers - customers * model:per_period(x.churn) end))
return model
---- rates in a model of years
local roi = require "roisim"
-- finds nothing
local model = roi.model { horizon = 5, period = "year" }
local x = model.inputs
x.growth = roi.normal(3, 0.5)
model.outputs.a = roi.sum((1 + x.growth)^model.time)
return model
---- a growth that is steep over a year, in a model of few weeks
local roi = require "roisim"
local model = roi.model { horizon = 12, period = "week" }
local x = model.inputs
x.growth = roi.normal(0.04, 0.01) -- finds: [rate-by-period] 'growth' compounds each week: 0.04 a week is 669% a year
model.outputs.a = roi.sum((1 + x.growth)^model.time)
return model
---- a benefit before what makes it possible
model:benefit("sales", roi.uniform(10, 20), { every = "month" }) -- warns: [early-benefit] benefit 'sales' comes before month 4, when 'set-up' is paid (line 78)
model:cost("set-up", roi.at(4, roi.uniform(50, 60)))
return model
---- benefits after it, with it, delayed, worth nothing before or in part of a model with another set-up
-- finds nothing
x.a = roi.uniform(10, 20)
model:benefit("late", x.a * roi.ge(t, 4))
model:benefit("placed", roi.at(4, roi.uniform(5, 6)))
model:benefit("delayed", roi.at(1, roi.uniform(5, 7)), { delay = 3 })
model:cost("set-up", roi.at(4, roi.uniform(50, 60)))
model:cost("second set-up", roi.at(6, roi.uniform(50, 61)))
return model
---- a set-up at once, one whose time is uncertain
-- finds nothing
x.a = roi.uniform(10, 20)
model:benefit("early", x.a * roi.ge(t, 2))
model:cost("set-up", roi.at(0, roi.uniform(50, 60)))
model:cost("roll-out", roi.at(roi.uniform(2, 5), roi.uniform(50, 61)))
return model
---- what a pilot brings before the set-up
-- finds nothing
local u = model:use_case("a")
x.a = roi.uniform(10, 20)
u:pilot { periods = 2, cost = roi.uniform(3, 6) }
u:benefit("sales", x.a * roi.where(roi.ge(t, 4), 1, 0.2))
u:cost("set-up", roi.at(4, roi.uniform(50, 60)))
return model
---- sunk costs
model:cost("licences already bought", roi.at(0, roi.uniform(1, 2))) -- warns: [sunk-cost] cost 'licences already bought' reads as paid already: what no decision can change is left out by paid = true
model:cost("work so far", roi.at(0, roi.uniform(1, 3))) -- warns: [sunk-cost] cost 'work so far' reads as paid already: what no decision can change is left out by paid = true
model:cost("paid advice", roi.at(0, roi.uniform(1, 4))) -- finds: [sunk-cost] cost 'paid advice': if it is paid already whatever is decided, say paid = true
return model
---- costs that are not
-- finds nothing
model:cost("licences already bought", roi.at(0, roi.uniform(1, 2)), { paid = true })
model:cost("unpaid leave", roi.at(0, roi.uniform(1, 3)))
model:cost("sofar sunken", roi.at(0, roi.uniform(1, 4)))
return model
---- inflation without basis
local roi = require "roisim"
local model = roi.model { horizon = 12, inflation = 0.02 } -- warns: [price-basis] inflation is given, and 'sales', 'run' say no basis: basis = "real" (prices of today) or "nominal"
model:benefit("sales", roi.uniform(1, 2), { every = "month" })
model:cost("run", roi.uniform(1, 3), { every = "month" })
model:cost("rent", roi.uniform(1, 4), { every = "month", basis = "nominal" })
model:cost("set-up", roi.at(0, roi.uniform(1, 5)))
return model
---- inflation with it, and with flows that have no say in it
local roi = require "roisim"
-- finds nothing
local model = roi.model { horizon = 12, inflation = 0.02 }
local u = model:use_case("a")
u:pilot { periods = 3, cost = roi.uniform(30, 60) }
u:risk("leak", { per_year = 0.5, loss = roi.uniform(5, 9) })
model:benefit("sales", roi.uniform(1, 2), { every = "month", basis = "real" })
model:cost("rent", roi.uniform(1, 4), { every = "month", basis = "nominal" })
model:cost("set-up", roi.at(0, roi.uniform(1, 5)))
return model
---- hours counted as cash
model:benefit("hours saved", roi.uniform(1, 2), { every = "month" }) -- finds: [hours-as-cash] benefit 'hours saved' counts time as money in full; time_saved("...", { cash = }) asks what share becomes money
model:benefit("happy hour sales", roi.uniform(1, 3), { every = "month", kind = "revenue" })
model:benefit("hours given", roi.uniform(1, 4), { every = "month", kind = "capacity" })
model:time_saved("hours of drafting", { volume = roi.uniform(90, 110), every = "month", minutes = 5, wage = 20, cash = 1 })
return model
---- benefits that rest on the same input
x.customers = roi.uniform(100, 200)
x.value = roi.uniform(1, 2)
x.other = roi.uniform(1, 3)
model:benefit("kept", x.customers * x.value * t)
model:benefit("sold more", x.customers * x.other * t) -- finds: [counted-twice] benefit 'sold more' rests on what 'kept' (line 144) rests on too: 'customers'
model:benefit("else", roi.uniform(5, 6) * t)
return model
---- hours of one pool, and chance alone, are not counted twice
-- finds nothing
x.visits = roi.uniform(100, 200)
x.wage = roi.uniform(20, 30)
local p = model:pool("evenings", { hours = 20 })
local u, v = model:use_case("notes"), model:use_case("letters")
u:time_saved("writing", { volume = x.visits, every = "month", minutes = 5, wage = x.wage, cash = 1, pool = p })
v:time_saved("typing", { volume = x.visits, every = "month", minutes = 4, wage = x.wage, cash = 1, pool = p })
local noise = roi.normal(0, 1)
model:benefit("a", roi.uniform(1, 2) * noise * t)
model:benefit("b", roi.uniform(1, 3) * noise * t)
return model
---- the same minutes of the same items, saved twice
x.tickets = roi.uniform(100, 200)
x.minutes = roi.uniform(4, 6)
x.other = roi.uniform(2, 3)
local u, v = model:use_case("triage"), model:use_case("drafts")
u:time_saved("sorting", { volume = x.tickets, every = "month", minutes = x.minutes, wage = 20, cash = 1 })
v:free_hours("writing", { volume = x.tickets, every = "month", minutes = x.minutes }) -- warns: [counted-twice] 'drafts.writing' saves the same minutes of the same items as 'triage.sorting' (line 165): give both one pool, or each its own minutes
v:free_hours("looking up", { volume = x.tickets, every = "month", minutes = x.other })
v:benefit("happier customers", x.other * t)
return model
---- the same minutes in one pool, of rivals, and plain ones that happen to be equal
-- finds nothing
x.tickets = roi.uniform(100, 200)
x.minutes = roi.uniform(4, 6)
local p = model:pool("evenings", { hours = 20 })
local u = model:use_case("triage")
u:time_saved("sorting", { volume = x.tickets, every = "month", minutes = x.minutes, wage = 20, cash = 1, pool = p })
u:free_hours("writing", { volume = x.tickets, every = "month", minutes = x.minutes, pool = p })
u:free_hours("looking up", { volume = x.tickets, every = "month", minutes = 5, pool = p })
u:free_hours("filing", { volume = x.tickets, every = "month", minutes = 5 })
local a, b = model:actor("we"), model:actor("they")
a:time_saved("all", { volume = x.tickets, every = "month", minutes = x.minutes, wage = 20, cash = 1 })
b:time_saved("all", { volume = x.tickets, every = "month", minutes = x.minutes, wage = 20, cash = 1 })
return model
---- an effect that is certain
x.cut = roi.pert(0.1, 0.2, 0.3) -- finds: [certain-effect] input 'cut' can't be zero: 99.8% of it lies from 0.11 to 0.29
x.time_lift = -roi.uniform(0, 1)
x.shortcut = roi.uniform(1, 2)
x.gain = roi.normal(0.1, 0.1)
model.outputs.a = x.cut + x.time_lift + x.shortcut + x.gain
return model
---- one quantity drawn twice
x.wage = roi.between(20, 30)
x.wage_later = roi.between(20, 30) -- finds: [drawn-twice] 'wage_later' and 'wage' (line 192) are two draws of the same distribution
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
x.c, x.d = roi.bernoulli(0.3), roi.bernoulli(0.3)
local e, f = roi.each_period(roi.uniform(3, 4)), roi.each_period(roi.uniform(3, 4))
model.outputs.a = x.wage + x.wage_later + x.a + x.b + x.c + x.d + roi.sum(e + f)
return model
---- many inputs and no correlation
local roi = require "roisim"
local model = roi.model { horizon = 12 } -- finds: [no-correlation] 8 uncertain inputs, and none are correlated: roisim MODEL.lua --stress shows what that is worth
local sum = 0
for i = 1, 8 do sum = sum + roi.uniform(0, i + 1) end
model.outputs.a = sum + roi.normal(0, 1)
return model
---- seven of them, or some correlated
-- finds nothing
local sum = 0
for i = 1, 7 do sum = sum + roi.uniform(0, i + 1) end
model.outputs.a = sum
return model
---- some correlated
-- finds nothing
local sum = 0
x.a, x.b = roi.uniform(3, 4), roi.uniform(3, 5)
model:correlate { { x.a, x.b, 0.5 } }
for i = 1, 8 do sum = sum + roi.uniform(0, i + 1) end
model.outputs.a = sum + x.a + x.b
return model
---- other currencies and periods
local roi = require "roisim"
local model = roi.model { horizon = 12, currency = "USD" }
local x = model.inputs
x.fee = roi.uniform(1, 2):unit "EUR/month" -- finds: [unit-conflict] input 'fee' is in EUR, the model in USD, and no rate of exchange is among the inputs
x.rent = roi.uniform(1, 3):unit "USD/year" -- finds: [unit-conflict] input 'rent' is in "USD/year", the model's period is a month, and nothing seems to turn one into the other
model:cost("fee", x.fee * model.time)
model:cost("rent", x.rent, { every = "month" }) -- once a month it falls due
return model
---- units that are turned
local roi = require "roisim"
-- finds nothing
local model = roi.model { horizon = 12, currency = "USD" }
local x = model.inputs
x.fee = roi.uniform(1, 2):unit "EUR"
x.rate = roi.uniform(1, 1.2):unit "USD/EUR"
x.yen = roi.uniform(100, 200):unit "JPY"
x.rent = roi.uniform(1, 3):unit "USD/year"
x.quit = roi.uniform(0.1, 0.3):unit "share/year"
x.wage = roi.uniform(20, 30):unit "USD/hour"
x.note = roi.uniform(1, 4):unit "PDF/month"
model:cost("fee", x.fee * x.rate * model.time)
model:cost("part", x.yen / 150 * model.time)
model:cost("rent", x.rent, { every = "year" })
model:cost("rent by month", x.rent / 12, { every = "month" })
model:cost("leavers", model:per_period(x.quit) * x.wage * x.note, { every = "month" })
return model
---- amounts that escape sensitivity
model:cost("fee", 100, { every = "month" }) -- finds: [plain-amount] cost 'fee' is a plain number: no sensitivity sees it
model:benefit("sales", roi.uniform(150, 200), { every = "month" })
model:cost("bought", roi.at(0, 100), { paid = true })
return model
---- more than half of npv in the last year
local roi = require "roisim"
local model = roi.model { horizon = 36 } -- finds: [late-worth] with every input at its median, more than half of npv is earned in the last 12 of 36 months
model:benefit("sales", roi.uniform(150, 200) * model.time)
model:cost("set-up", roi.at(0, roi.uniform(500, 600)))
return model
---- less than that, a loss, a year alone
local roi = require "roisim"
-- finds nothing
local model = roi.model { horizon = 36 }
model:benefit("sales", roi.uniform(150, 200), { every = "month" })
model:cost("set-up", roi.at(0, roi.uniform(500, 600)))
return model
---- a loss
local roi = require "roisim"
-- finds nothing
local model = roi.model { horizon = 36 }
model:benefit("sales", roi.uniform(150, 200) * model.time)
model:cost("set-up", roi.at(0, roi.uniform(5e5, 6e5)))
return model
---- KPIs of one kind
model:cost("a", roi.uniform(1, 2), { every = "month" })
model:kpi("calls", { dimension = "operational", value = roi.uniform(4, 6), target = 5 }) -- finds: [one-dimension] all 2 KPIs are operational
model:kpi("mails", { dimension = "operational", value = roi.uniform(4, 7), target = 5 })
return model
---- KPIs of several
-- finds nothing
model:cost("a", roi.uniform(1, 2), { every = "month" })
model:kpi("calls", { dimension = "operational", value = roi.uniform(4, 6), target = 5 })
model:kpi("complaints", { dimension = "governance", value = roi.uniform(4, 7), target = 5 })
return model
---- what is found while the script runs has rules too
x.price = roi.normal(0, 1) -- warns: [unused-input] input 'price' has no effect on any output
x.number = 5 -- warns: [unused-input] input 'number' has no effect on any output
x.a = roi.between(0, 10) -- warns: [interval-from-0] roi.between(0, high) is a normal distribution with 5% below 0: for what can't be negative use a low end above 0, or roi.pert, or roi.share for a share; if it can be, roi.normal { p5 = 0, p95 = high }
if roi.gt(x.a, 3) then print("never") end -- warns: [unused-condition] this condition has no effect on any output: 'if' can't test an uncertain value, choose with roi.where(cond, a, b)
model.outputs.a = x.a
return model
---- effects whose ranges begin at zero, and some that lie above and below it
x.relief, x.savings = roi.pert(0, 0.2, 0.4), roi.triangular(-0.4, -0.2, 0)
x.impact = roi.triangular(-0.4, -0.2, -0.1) -- finds: [certain-effect] input 'impact' can't be zero: 99.8% of it lies from -0.392 to -0.105
x.effect = roi.between(0.1, 0.3) -- finds: [certain-effect] input 'effect' can't be zero: 99.8% of it lies from 0.0617 to 0.486
model.outputs.a = x.relief + x.savings + x.impact + x.effect
return model
---- a pilot's share that nothing uses, a gate that comes after the roll-out
local u = model:use_case("a")
u.inputs.gain = roi.uniform(0, 20)
local pilot = u:pilot { periods = 2, share = 0.2, cost = roi.uniform(3, 6), reads = { gain = { of = u.inputs.gain, sd = 9, n = 9 } } } -- finds: [unused-share] nothing uses the share of use case 'a', the pilot
u:gate { after = pilot, continue_if = roi.ge(pilot.gain, 5) } -- finds: [early-roll-out] nothing uses the next period of use case 'a', the gate, and the use case earns before it decides in month 2
u:benefit("sales", u.inputs.gain, { every = "month" })
u:cost("run", roi.uniform(3, 5), { every = "month" })
return model
---- a roll-out after the gate
-- finds nothing
local u = model:use_case("a")
u.inputs.gain = roi.uniform(0, 20)
local pilot = u:pilot { periods = 2, share = 0.2, cost = roi.uniform(3, 6), reads = { gain = { of = u.inputs.gain, sd = 9, n = 9 } } }
local gate = u:gate { after = pilot, continue_if = roi.ge(pilot.gain, 5) }
u:benefit("sales", u.inputs.gain * roi.where(roi.ge(t, gate.next), 1, pilot.share))
u:cost("run", roi.uniform(3, 5), { every = "month" })
return model
---- a gate before which nothing is earned
-- finds nothing
local u = model:use_case("a")
u.inputs.gain = roi.uniform(0, 20)
u:gate { at = 3, continue_if = roi.ge(u.inputs.gain, 5), oracle = true }
u:benefit("sales", u.inputs.gain * roi.ge(t, 4))
u:cost("run", roi.uniform(3, 5), { every = "month" })
return model
---- a draw for a condition
x.a = roi.uniform(0, 1)
model.outputs.b = roi.where(x.a, 1, 2) -- warns: [draw-as-condition] roi.where chooses by a number that is never 0, so always the same: compare it, as in roi.where(roi.gt(a, 0.5), b, c)
return model
---- draws that may be 0
-- finds nothing
x.a, x.b, x.c = roi.bernoulli(0.5), roi.poisson(1), roi.normal(0, 1):clamp(0, 1)
model.outputs.b = roi.where(x.a, 1, 2) + roi.where(x.b, 1, 2) + roi.where(x.c, 1, 2)
return model
---- a lognormal by what it is not
x.a = roi.lognormal(100, 20) -- warns: [log-parameters] roi.lognormal(100, 20) takes mu and sigma of the logarithm, so its median is e^100: for values of this mean and sd write roi.lognormal { mean = 100, sd = 20 }
model.outputs.b = roi.lt(x.a, 1)
return model
---- lognormals as they are meant
-- finds nothing
x.a, x.b, x.c = roi.lognormal(4.6, 0.2), roi.lognormal { mean = 100, sd = 20 }, roi.lognormal { p5 = 1, p95 = 1e6 }
model.outputs.b = x.a + x.b + x.c
return model
---- tails without a mean or a variance
x.a = roi.pareto(0.9, 1) -- warns: [heavy-tail] a pareto with shape 0.9 has no mean: means that rest on it grow with the number of trials; :truncate(low, high) bounds it
x.b = roi.student_t(2, 5, 1) -- finds: [heavy-tail] a student_t with df 2 has no variance: the errors of means that rest on it are too small; :truncate(low, high) bounds it
model.outputs.b = x.a + x.b
return model
---- tails that are bounded or light
-- finds nothing
x.a, x.b, x.c = roi.pareto(0.9, 1):truncate(nil, 100), roi.student_t(3), roi.pareto(2.5, 1)
model.outputs.b = x.a + x.b + x.c
return model
