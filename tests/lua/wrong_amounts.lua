---- a rate that never comes in some trials
x.r = roi.uniform(0, 1)
model.discount_rate = roi.where(roi.gt(x.r, 0.9), roi.never, 0.1) -- expect error: model: discount_rate may be never in some trials, and a rate is a number in all: keep it below one by roi.min(rate, 1)
---- a rate that is kept below one
x.r = roi.uniform(0, 1)
model.discount_rate = roi.min(roi.where(roi.gt(x.r, 0.9), roi.never, 0.1), 1)
model:cost("fee", 5, { every = "month" })
return model
---- a cost that overflows
model:cost("fee", 1e308, { every = "month" }) -- expect error: cost 'fee' 1e+308 is larger than there is of anything: at most 1e50
---- a benefit that is infinite
model:benefit("gain", 1 / 0, { every = "month" }) -- expect error: benefit 'gain' is infinite: a plain calculation gave it, such as 1/0, or it is roi.never
---- a benefit that is not a number
model:benefit("gain", 0 / 0, { every = "month" }) -- expect error: benefit 'gain' is not a number (nan): a plain calculation gave it, such as 0/0
---- a series that overflows
model:benefit("gain", 1e40 * 10 ^ t) -- expect error: benefit 'gain', its largest amount, 1e+52 is larger than there is of anything: at most 1e50
---- a field that overflows
model:time_saved("calls", { volume = 1e308, every = "month", minutes = 4, wage = 25, cash = 0.5 }) -- expect error: time_saved 'calls': volume 1e+308 is larger than there is of anything: at most 1e50
---- hours that never end
local p = model:pool("hours", { hours = roi.never }) -- expect error: pool 'hours': hours inf must be 0 or more, and finite: without a bound no pool is needed
---- a discount rate that overflows
model.discount_rate = 1e308 -- expect error: discount_rate 1e+308 is larger than there is of anything: at most 1e50
---- an input that is infinite
x.a = 1 / 0 -- expect error: input 'a' is infinite: a plain calculation gave it, such as 1/0
---- an input that is not a number
x.a = 0 / 0 -- expect error: input 'a' is not a number (nan): a plain calculation gave it, such as 0/0
---- an input that is set to what is infinite
x.a = roi.uniform(0, 1) -- expect error: input 'a' is infinite by what is set for it: a plain calculation gave it, such as 1/0
-- args: --set a=1/0
---- a scenario with what is infinite
x.price = roi.uniform(1, 2)
model:scenario("big", { price = 1 / 0 }) -- expect error: scenario 'big': 'price' is infinite: a plain calculation gave it, such as 1/0
---- a scenario with what never comes, of an amount
x.price = roi.uniform(1, 2)
model:cost("fee", x.price, { every = "month" }) -- expect error: under the scenario 'late': cost 'fee' is infinite: a plain calculation gave it, such as 1/0, or it is roi.never
model:scenario("late", { price = roi.never })
-- args: --scenario late
return model
---- a scenario with what never comes, of a period
x.start = roi.uniform(2, 5)
local later = x.start + 1
model:cost("fee", roi.at(later, 5))
model:benefit("gain", 5, { every = "month" })
model:scenario("late", { start = roi.never })
-- args: --scenario late
return model
---- rates of functions
local v = roi.npv(-1, { 1, 2 }) -- expect error: roi.npv: rate -1 must be above -1 (-100%)
---- an uncertain amount that overflows
x.many = roi.uniform(1e307, 1.1e307)
model:cost("fee", x.many * 100, { every = "month" }) -- expect error: trial 1: npv is minus infinite; it arose here: mul(1.0570808730047087e+307, 100); inputs: many = 1.0570808730047087e+307
model:benefit("gain", 5, { every = "month" })
return model
---- an uncertain quantity that overflows in a word of the vocabulary
x.many = roi.uniform(1e308, 1.1e308)
model:time_saved("calls", { volume = x.many, every = "month", minutes = 4, wage = 25, cash = 0.5 }) -- expect error: trial 1: npv is infinite; it arose here: 12 * 8.
model:cost("fee", 5, { every = "month" })
return model
---- hours that never end in some trials
x.h = roi.uniform(0, 1)
local p = model:pool("hours", { hours = roi.where(roi.gt(x.h, 0.5), roi.never, 3) }) -- expect error: pool 'hours': hours may be never in some trials, and a pool holds a number in all: bound them by roi.min(hours, 1e6)
---- a kpi that is infinite
model:kpi("k", { dimension = "operational", value = 1 / 0, target = 5, by = 6 }) -- expect error: kpi 'k': value is infinite: a plain calculation gave it, such as 1/0; what never comes is written roi.never
---- a kpi that never comes
model:kpi("k", { dimension = "operational", value = roi.never, target = 5, by = 6 })
return model
---- an amount at an infinite period
model:cost("fee", roi.at(1 / 0, 5000)) -- expect error: roi.at(period, value): the period is infinite: a plain calculation gave it, such as 1/0; what never comes is written roi.never
---- a risk at an infinite period
model:risk("fire", { probability = 0.1, loss = 5, at = 1 / 0 }) -- expect error: risk 'fire': at inf must be a period, or roi.never: a plain calculation gave it, such as 1/0
---- a risk of an infinite probability
model:risk("fire", { probability = 1 / 0, loss = 5, at = 1 }) -- expect error: risk 'fire': probability inf is not between 0 and 1
---- training at an infinite period
model:training("all", { people = 5, fee = 100, at = 1 / 0 }) -- expect error: training 'all': at inf must be a period from 0 on, or roi.never: a plain calculation gave it, such as 1/0
---- a curve from an infinite period
local s = roi.curve.ramp { from = 1 / 0, periods = 4, to = 1 } -- expect error: roi.curve.ramp: from inf must be a period, or roi.never: a plain calculation gave it, such as 1/0
---- a step at an infinite period
local s = roi.curve.step { { 1 / 0, 4 } } -- expect error: roi.curve.step: the time of point 1 inf must be a period, or roi.never: a plain calculation gave it, such as 1/0
---- a series moved by infinitely many periods
local s = roi.delayed(t, 1 / 0) -- expect error: roi.delayed(series, periods): periods inf must be finite, or roi.never: a plain calculation gave it, such as 1/0
---- what never comes
model:cost("fee", roi.at(roi.never, 5000))
model:risk("fire", { probability = 0.1, loss = 5, at = roi.never })
model:training("all", { people = 5, fee = 100, at = roi.never })
model.outputs.ok_nothing = roi.eq(model.pv_cost + roi.sum(roi.delayed(t, roi.never)), 0)
return model
