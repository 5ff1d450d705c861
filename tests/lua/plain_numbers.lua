---- operations on plain numbers give plain numbers
print(roi.exp(0), roi.log(1), roi.log(8, 2), roi.log10(1000), roi.sqrt(9)) -- expect: 1.0	0.0	3.0	3.0	3.0
print(roi.min(3, 1, 2), roi.max(3, 1, 2), roi.max(7), roi.clamp(5, 0, 3)) -- expect: 1.0	3.0	7	3.0
print(roi.floor(-1.5), roi.ceil(1.2), roi.round(2.5), roi.round(-2.5), roi.abs(-3)) -- expect: -2.0	2.0	3.0	-3.0	3.0
print(roi.lt(1, 2), roi.ge(1, 2), roi.eq(2, 2), roi.ne(2, 2)) -- expect: 1.0	0.0	1.0	0.0
print(roi.all(1, 1, 0), roi.any(0, 0, 2), roi.no(0), roi.all(true), roi.any(false)) -- expect: 0.0	1.0	1.0	1.0	0.0
print(roi.where(1, 5, 6), roi.where(2 < 1, 5, 6)) -- expect: 5.0	6.0
print(roi.sigmoid(0), roi.normal_cdf(0), roi.normal_quantile(0.5), roi.tanh(0)) -- expect: 0.5	0.5	0.0	0.0
print(roi.pow(2, 10), 2 ^ 0.5 == roi.sqrt(2), roi.never) -- expect: 1024.0	true	inf
print(roi.interp(1.5, { 0, 1, 2 }, { 0, 10, 30 }), roi.interp(-1, { 0, 1 }, { 5, 6 }), roi.interp(9, { 0, 1 }, { 5, 6 })) -- expect: 20.0	5.0	6.0
print(roi.curve.logistic(6, 0.4, 6)) -- expect: 0.5
model.outputs.one = 1
return model
---- reductions of lists
print(roi.sum { 1, 2, 3 }, roi.mean { 1, 2, 3, 6 }, roi.last { 4, 5 }, roi.first { 0, 0, 1 }, roi.first { 0 }) -- expect: 6.0	3.0	5	3	inf
print(roi.max_over { 1, 7, 3 }, roi.min_over { 4, 2, 3 }) -- expect: 7.0	2.0
print(table.concat(roi.cumsum { 1, 2, 3 }, " "), table.concat(roi.cumprod { 1, 2, 3 }, " ")) -- expect: 1.0 3.0 6.0	1.0 2.0 6.0
print(table.concat(roi.diff { 1, 4, 9 }, " "), table.concat(roi.lag({ 1, 2, 3 }, 1), " ")) -- expect: 1.0 3.0 5.0	0 1 2
print(math.abs(roi.irr { -100, 39, 59, 55, 20 } - 0.2809484211599611) < 1e-15) -- expect: true
print(roi.npv(0.1, { 110, 121 }), roi.npv({ 110, 121 }, 0.1)) -- expect: 200.0	200.0
print(roi.discount({ 110, 121 }, 0.1)[2] - 100 < 1e-12) -- expect: true
print(roi.npv(1, { 2 ^ 20, 2 ^ 20, 2 ^ 20 })) -- expect: 917504.0
model.outputs.one = 1
return model
---- expressions of plain numbers over periods are plain numbers
print(roi.sum(t), t[5], roi.last(t * 2), roi.max_over(10 - t), roi.first(roi.gt(t, 4))) -- expect: 78.0	5.0	24.0	9.0	5.0
print(roi.sum(roi.at(0, 7)), roi.at(3, 7)[3], roi.at(3, 7)[2], roi.sum(roi.at(13, 7))) -- expect: 7.0	7.0	0.0	0.0
print(roi.at(2.1, 7)[3], roi.at(roi.never, 7)[12]) -- expect: 7.0	0.0
print(roi.sum(roi.series { 1, 2, 3 }), roi.series { 1, 2, 3 }[4]) -- expect: 6.0	0.0
print(roi.mean(roi.at(0, 13)), roi.mean(t)) -- expect: 1.0	6.5
print((roi.at(0, 5) + t)[0], (roi.at(0, 5) + 1)[0], (roi.at(0, 5) * t)[0]) -- expect: 5.0	6.0	0.0
print(roi.lag(t, 1)[1], roi.lag(t, 1)[2], roi.diff(t)[1], roi.cumsum(t)[3], roi.cumprod(t)[4]) -- expect: 0.0	1.0	1.0	6.0	24.0
print(roi.recur(1, function(prev, p) return prev * 2 end)[10]) -- expect: 1024.0
print(roi.sum(roi.discount(roi.at(0, 5) + roi.at(1, 11), 0.1)), roi.npv(0, t)) -- expect: 15.0	78.0
print(roi.interp(t, { 1, 12 }, { 0, 11 })[7]) -- expect: 6.0
print(t % 5, (t % 5)[7], (t // 5)[7], (-t)[3], (2 ^ t)[4]) -- expect: uncertain series	2.0	1.0	-3.0	16.0
model.outputs.one = 1
return model
---- what values look like
local a, b = roi.normal(0, 1), roi.normal(0, 1)
x.a = roi.uniform(0, 1)
print(a, b, x.a, t, x.a + 1) -- expect: draw 'plain_numbers.lua:40'	draw 'plain_numbers.lua:40#2'	draw 'a'	uncertain series	uncertain number
model.outputs.y = a + b + x.a
return model
---- names of draws
local one = roi.normal(0, 1) + 0; local two, three = roi.normal(0, 1), roi.normal(0, 1):truncate(0, 1)
print(two, three) -- expect: draw 'plain_numbers.lua:46#2'	draw 'plain_numbers.lua:46#3'
local mix, next = roi.mixture { { 1, roi.normal(0, 1) }, { 1, roi.normal(5, 1) } }, roi.normal(0, 1)
print(mix, next) -- expect: draw 'plain_numbers.lua:48'	draw 'plain_numbers.lua:48#2'
local long = roi.mixture {
  { 1, roi.normal(0, 1) },
  { 1, roi.normal(5, 1) },
}
print(long, roi.normal(0, 1):name("noise")) -- expect: draw 'plain_numbers.lua:50'	draw 'noise'
for i = 1, 2 do print(roi.uniform(0, i)) end -- expect: draw 'plain_numbers.lua:55'
-- expect: draw 'plain_numbers.lua:55#2'
print(roi.each_period(roi.normal(0, 1))) -- expect: draw 'plain_numbers.lua:57'
model.outputs.one = 1
return model
---- an input by any other means
x.a, x.b = 5, 2 * 3
x.c = x.a + x.b
print(x.a, x.b, x.c) -- expect: 5	6	11
model.outputs.total = x.c
return model
---- settings
-- args: --set price=4e-6 --set n=7 --set 'growth=roi.normal(0.02, 0.01)' --set cost.loss=9 --set 'twice=roi.max(1,2)*2'
x.price = roi.uniform(2e-6, 8e-6)
x.growth = 0.5
x.twice = 1
local n = model:param("n", 3)
print(x.price, n, x.growth, x.twice) -- expect: 4e-06	7	draw 'growth'	4.0
model:risk("cost", { probability = 0.5, loss = roi.normal(5, 1), at = 2 })
model:benefit("all", (x.price + x.growth + x.twice) * t)
return model
---- a parameter without a setting
print(model:param("n", 3)) -- expect: 3
model.outputs.one = 1
return model
---- fields of the model
local roi = require "roisim"
local model = roi.model { horizon = 24, period = "week", currency = "EUR" }
print(model.name, model.horizon, model.period, model.currency, model.discount_rate) -- expect: plain_numbers	24	week	EUR	0
model.outputs.one = 1
return model
---- numbers of a data file
local waits = roi.data("data/waits.csv")
print(#waits, table.concat(waits, " ")) -- expect: 4	1.5 2 3 40.0
x.wait = roi.empirical(waits)
model.outputs.ok_inside = roi.le(x.wait, 40)
return model
---- a data file with words in it
local waits = roi.data("data/words.csv") -- expect error: roi.data: line 3 of data/words.csv: 'three' is not a number
---- a data file that begins with a byte order mark
print(table.concat(roi.data("data/waits_marked.csv"), " ")) -- expect: 120 80 95
model.outputs.one = 1
return model
---- a data file with a letter for a digit in its first line
local waits = roi.data("data/waits_mistyped.csv") -- expect error: roi.data: line 1 of data/waits_mistyped.csv: '8O' is not a number; a first line is passed over only if no cell of it is one
---- a data file whose first line begins with no number as they are written here
local waits = roi.data("data/waits_hexadecimal.csv") -- expect error: roi.data: line 1 of data/waits_hexadecimal.csv: '0x10' is not a number
---- a data file elsewhere
local waits = roi.data("../waits.csv") -- expect error: ../waits.csv
---- costs that are not above 0 have no return on them
x.gain = roi.uniform(5, 6)
model:benefit("b", x.gain, { every = "month" })
model:cost("c", roi.at(0, -100 * x.gain))
model.outputs.ok_no_roi = 1 - roi.any(roi.lt(model.roi, 0), roi.ge(model.roi, 0), roi.lt(model.bcr, 0), roi.ge(model.bcr, 0))
model.outputs.ok_npv = roi.gt(model.npv, 0)
return model
---- a library reads the data beside it, at its very end too
print(#require("data.waits").numbers()) -- expect: 4
model.outputs.one = 1
return model
---- never and states of plain numbers are values
model:cost("fee", 1, { every = "month" })
print(model.payback, roi.first { 0, 0 }, roi.first(roi.gt(t, 50))) -- expect: inf	inf	inf
model.outputs.payback_again = model.payback
model.outputs.rate = model.irr
model.outputs.no_rate = roi.irr { 100, -200, 150 } + 1
x.one = roi.uniform(1, 1)
model.outputs.later = model.payback + x.one
model.outputs.ok_later = roi.gt(model.payback, 12 * x.one)
model.outputs.ok_no_rate = roi.no(roi.lt(model.irr, 5 * x.one))
return model
---- infinite bounds are no mistake
x.one = roi.uniform(1, 1)
model.outputs.ok_bounds = roi.clamp(roi.min(x.one, math.huge), -math.huge, math.huge)
return model
