---- an input nothing depends on
x.used = roi.normal(0, 1)
x.price = roi.normal(0, 1) -- expect warning: input 'price' has no effect on any output
model.outputs.a = x.used
return model
---- a number nothing reads
x.used = roi.normal(0, 1)
x.price = 5 -- expect warning: input 'price' has no effect on any output
model.outputs.a = x.used
return model
---- a condition in an if
x.a = roi.normal(0, 1)
local y = 0
if roi.gt(x.a, 3) then y = 1 end -- expect warning: this condition has no effect on any output: 'if' can't test an uncertain value
model.outputs.a = x.a + y
return model
---- a condition of two parts is one
x.a = roi.normal(0, 1)
if roi.all(roi.gt(x.a, 3), -- expect warning: this condition has no effect on any output
           roi.lt(x.a, 4)) then print("always") end
model.outputs.a = x.a
return model
---- an annotation of what is no input
x.a = roi.normal(0, 1)
local y = (x.a * 2):unit("USD") -- expect warning: unit, doc and source describe inputs, and this value became none
model.outputs.a = y
return model
---- a rate that was meant in percent
local roi = require "roisim"
local model = roi.model { discount_rate = 10 } -- expect warning: discount_rate 10 is 1000% a year; 10% is written 0.10
model:cost("a", roi.at(0, roi.uniform(1, 2)))
return model
---- a year in a model of half a year
local roi = require "roisim"
local model = roi.model { horizon = 6 }
model:cost("a", roi.uniform(1, 2), { every = "year" }) -- expect warning: the first year ends after the horizon of 6 months
model:cost("b", roi.uniform(1, 2), { every = "year" }) -- expect warning: cost 'b': the first year ends after the horizon
return model
---- nothing to warn of: conditions on plain numbers and on time
if roi.sum(roi.gt(t, 4)) == 8 then model.outputs.ok = roi.ge(roi.uniform(0, 1), 0) end
x.months = t * 2
model.outputs.total = roi.sum(x.months)
return model
---- a cost written as a negative number
model:cost("a", -500, { every = "month" }) -- expect warning: cost 'a' is below 0 (-500): costs are written as positive amounts
model:benefit("b", -5, { every = "month" }) -- expect warning: benefit 'b' is below 0 (-5): what is paid is a cost
return model
---- what falls after the horizon
model:cost("a", roi.at(13, roi.uniform(1, 2))) -- expect warning: cost 'a' falls in month 13, after the horizon of 12 months, so nothing is counted
model:benefit("b", roi.at(12.5, 3)) -- expect warning: benefit 'b' falls in month 13, after the horizon
model:risk("c", { probability = 0.5, loss = -3, at = 1e6 }) -- expect warning: risk 'c' falls in month 1000000, after the horizon
model:cost("far", roi.at(1e308, 5)) -- expect warning: cost 'far' falls in month 1e+308, after the horizon of 12 months, so nothing is counted
model:risk("d", { probability = 0.5, loss = -3, at = 12 }) -- expect warning: risk 'd': the loss is below 0 (-3): losses are written as positive amounts
return model
---- nothing to warn of: at the horizon, never, and where chance decides
model:cost("a", roi.at(12, roi.uniform(1, 2)))
model:cost("b", roi.at(roi.never, 3))
model:cost("c", roi.at(roi.uniform(11, 99), 3))
return model
---- a cost written as a negative series
model:cost("a", roi.at(0, -500)) -- expect warning: cost 'a' is below 0: costs are written as positive amounts
model:cost("b", -20 * t) -- expect warning: cost 'b' is below 0: costs are written as positive amounts
model:benefit("c", roi.series { 0, -5 }) -- expect warning: benefit 'c' is below 0: what is paid is a cost
return model
---- nothing to warn of: uncertain flows, and plain ones that change their sign or are 0
x.a = roi.uniform(1, 2)
model:cost("a", -x.a, { every = "month" })
model:cost("b", roi.at(0, -x.a))
model:cost("c", roi.series { -5, 10 })
model:benefit("d", 0 * t)
return model
---- a flow beyond the horizon, and the arguments of roi.at in the wrong order
model:cost("a", roi.uniform(1, 2), { every = "month" })
model:cost("late", roi.at(24, 500)) -- expect warning: cost 'late' falls in month 24, after the horizon of 12 months
model:cost("swapped", roi.at(5000, 0)) -- expect warning: cost 'swapped' falls in month 5000, after the horizon of 12 months
return model
---- an amount where a share of the series is meant
local a = roi.process.geometric_walk { start = 100, sd = 5 } -- expect warning: roi.process.geometric_walk: sd = 5 is relative to the series itself here, not an amount: 0.1 is about 10% a period
local b = roi.process.mean_reversion { level = 100, speed = 0.1, sd = 5, log = true } -- expect warning: roi.process.mean_reversion: sd = 5 is relative
model.outputs.a, model.outputs.b = roi.log(a[2]), roi.log(b[2])
return model
---- nothing to warn of: amounts, wide walks, a strong pull, shocks of the script's own, what is uncertain
local e = roi.each_period(roi.normal(0, 0.01))
x.sd = roi.uniform(2, 3)
local p = roi.process
for i, s in ipairs {
  p.mean_reversion { level = 100, speed = 0.1, sd = 5 }, p.geometric_walk { start = 100, sd = 1.5 },
  p.mean_reversion { level = 100, speed = 50, sd = 5, log = true }, p.geometric_walk { start = 100, sd = 5, shock = e },
  p.geometric_walk { start = 100, sd = x.sd },
} do
  model.outputs["last" .. i] = s[1]
end
return model
---- an interval from 0
x.a = roi.between(0, 10) -- expect warning: roi.between(0, high) is a normal distribution with 5% below 0
model.outputs.a = x.a
return model
---- nothing to warn of: intervals elsewhere
model.outputs.a = roi.between(-1, 10) + roi.between(0.1, 10) + roi.normal { p5 = 0, p95 = 10 }
return model
---- decimal commas in a file of numbers
model.outputs.a = roi.empirical(roi.data("data/decimal_commas.csv")) -- expect warning: roi.data: every line of data/decimal_commas.csv
return model
---- numbers with semicolons between them
local list = roi.data("data/semicolons.csv")
print(#list, list[2]) -- expect: 4 2.5
model.outputs.a = roi.empirical(list)
return model
---- a risk whose months all lie after the horizon
model:risk("leak", { probability = 0.1, loss = 5, between = { 13, 20 } }) -- expect warning: risk 'leak' falls in month 13, after the horizon of 12 months, so nothing is counted
return model
---- a price shock after the horizon
local shock = model:price_shock("prices", { probability = 0.1, factor = 2, at = 13 }) -- expect warning: price_shock 'prices' falls in month 13, after the horizon of 12 months
model:cost("fee", shock.factor * roi.uniform(1, 2))
return model
---- an end after the horizon
local u = model:use_case("a")
u:abandonment("end", { probability = 0.1, at = 20 }) -- expect warning: abandonment 'end' falls in month 20, after the horizon of 12 months
u:cost("fee", roi.uniform(1, 2), { every = "month" })
return model
---- connectors and training after the horizon
model:connectors("CRM", { stages = { { at = 0, build = 50 }, { at = 14, build = 60 } } }) -- expect warning: connectors 'CRM': stages 2 falls in month 14, after the horizon of 12 months
model:training("course", { people = 4, fee = roi.uniform(1, 2), at = 15 }) -- expect warning: training 'course' falls in month 15, after the horizon of 12 months
return model
