---- comparing
x.a = roi.normal(0, 1)
if x.a < 3 then return end -- expect error: '<' or '>' between uncertain values has no one answer
---- comparing from the other side
x.a = roi.normal(0, 1)
local b = 3 >= x.a -- expect error: roi.le(a, b)
---- equality of two
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
if x.a == x.b then return end -- expect error: roi.eq(a, b)
---- inequality of two
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
if x.a ~= x.b then return end -- expect error: roi.ne(a, b)
---- loop bound
x.n = roi.poisson(3)
for i = 1, x.n do print(i) end -- expect error: an uncertain value can't bound a loop
---- loop start
x.n = roi.poisson(3)
for i = x.n, 5 do print(i) end -- expect error: an uncertain value can't bound a loop
---- text
x.a = roi.normal(0, 1)
print("a is " .. x.a) -- expect error: '..' joins texts
---- length
print(#t) -- expect error: '#' of an uncertain value: a series always has the periods up to model.horizon
---- an uncertain period as an index
x.p = roi.uniform(1, 12)
local v = t[x.p] -- expect error: roi.sum(roi.where(roi.eq(model.time, p), s, 0))
---- a period past the horizon
local v = t[13] -- expect error: [13]: periods are whole numbers from 0 to the horizon 12
---- a negative period
local v = t[-1] -- expect error: [-1]: periods are whole numbers
---- half a period
local v = t[1.5] -- expect error: [1.5]: periods are whole numbers
---- a period of a scalar
x.a = roi.normal(0, 1)
local v = x.a[1] -- expect error: this is one number a trial, not a series
---- setting a period
t[3] = 5 -- expect error: an uncertain value can't be changed
---- an unknown method
x.a = roi.normal(0, 1):truncat(0, 1) -- expect error: an uncertain value has no 'truncat'; did you mean 'truncate'?
---- calling a value
x.a = roi.normal(0, 1)
local v = x.a(2) -- expect error: an uncertain value can't be called
---- bits
x.a = roi.bernoulli(0.5)
local v = x.a & 1 -- expect error: for conditions write roi.all(a, b)
---- bits, or
local v = roi.gt(t, 3) | roi.lt(t, 2) -- expect error: for conditions write roi.any(a, b)
---- a misspelt name in arithmetic
x.a = roi.normal(0, 1)
local v = x.a * prise -- expect error: operand 2 must be a number or an uncertain value, not nil (a name not set?)
---- a text in arithmetic
x.a = roi.normal(0, 1)
local v = "5" + x.a -- expect error: '+': operand 1 must be a number or an uncertain value, not the text '5'
---- nil in a function
local v = roi.exp(nil) -- expect error: roi.exp: operand 1 must be a number or an uncertain value, not nil
---- a table in a function
local v = roi.max(1, { 2 }) -- expect error: roi.max: operand 2 must be a number or an uncertain value, not a table
---- a function where a value should be
x.a = roi.normal(0, 1)
local v = x.a + roi.exp -- expect error: not a function (a call without its parentheses?)
---- too few arguments
local v = roi.where(1, 2) -- expect error: roi.where takes 3 arguments, not 2
---- too many arguments
local v = roi.exp(1, 2) -- expect error: roi.exp takes 1 argument, not 2
---- no arguments
local v = roi.max() -- expect error: roi.max takes 1 or more arguments, not 0
---- a colon where a dot belongs
local v = roi:exp(1) -- expect error: roi.exp takes 1 argument, not 2 (a method is called with ':', a function of roi with '.')
---- a clamp the wrong way round
local v = roi.clamp(1, 3, 2) -- expect error: low 3 is above high 2
---- math on an uncertain value
x.a = roi.normal(0, 1)
local v = math.floor(x.a) -- expect error: number expected, got uncertain value
---- pairs over a value
for p, v in pairs(t) do print(p) end -- expect error: loop p from 1 to model.horizon
---- a reduction of a number
local v = roi.sum(5) -- expect error: roi.sum takes a series (one number a period) or a list { v1, v2, ... }, not 5
---- a reduction of a scalar
x.a = roi.normal(0, 1)
local v = roi.last(x.a) -- expect error: roi.last takes a series
---- a reduction of nothing
local v = roi.sum() -- expect error: roi.sum takes 1 argument, not 0
---- an empty list
local v = roi.mean {} -- expect error: roi.mean: the list is empty
---- a hole in a list
local v = roi.sum { 1, 2, nil, 4 } -- expect error: roi.sum: value 3 must be a number or an uncertain number, not nil
---- a field in a list
local v = roi.sum { 1, 2, n = 3 } -- expect error: roi.sum: the list has 'n' beside its values
---- a text in a list
local v = roi.sum { 1, "2" } -- expect error: roi.sum: value 2 must be a number or an uncertain number, not the text '2'
---- a series in a list
local v = roi.sum { t, t } -- expect error: roi.sum: value 1 must be a number or an uncertain number, not an uncertain series
---- a list longer than the horizon
local v = roi.series { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 } -- expect error: roi.series: 13 values, but the horizon is 12
---- a series of a number
local v = roi.series(5) -- expect error: roi.series takes a list { v1, v2, ... }, not 5
---- before the moment of decision
local v = roi.at(-2, 100) -- expect error: period -2 is before 0, the moment of decision
---- an uncertain series as the period
local v = roi.at(t, 100) -- expect error: roi.at(period, value): period must be one number a trial, not a series
---- at without a value
local v = roi.at(3) -- expect error: roi.at(period, value) takes 2 arguments, not 1
---- a lag into the future
local v = roi.lag(t, -1) -- expect error: periods must be a whole number from 0 to 65535, not -1
---- an uncertain lag
x.n = roi.poisson(3)
local v = roi.lag(t, x.n) -- expect error: periods must be a whole number from 0 to 65535, not a draw
---- recur without a function
local v = roi.recur(1, 2) -- expect error: the second argument must be a function, not 2
---- recur to nothing
local v = roi.recur(1, function(prev, p) end) -- expect error: what the function returns for period 1 must be a number or an uncertain number, not nil
---- recur to a series
local v = roi.recur(1, function(prev, p) return prev * t end) -- expect error: not an uncertain series
---- interpolation without tables
local v = roi.interp(1, 2, 3) -- expect error: xs must be a table of numbers, not 2
---- interpolation through falling points
local v = roi.interp(1, { 0, 2, 1 }, { 0, 1, 2 }) -- expect error: xs must rise, but xs[3] = 1 follows 2
---- interpolation with a y too few
local v = roi.interp(1, { 0, 1 }, { 0 }) -- expect error: xs has 2 numbers and ys 1
---- interpolation through uncertain points
x.y = roi.normal(0, 1)
local v = roi.interp(1, { 0, 1 }, { 0, x.y }) -- expect error: ys[2] must be a plain number, not a draw
---- present value of two rates
local v = roi.npv(0.1, 0.2) -- expect error: roi.npv(rate, flow) takes one rate a period and one series or list, not 0.1 and 0.2
---- present value of two flows
local v = roi.npv({ 1, 2 }, t) -- expect error: roi.npv(rate, flow) takes one rate a period
---- discount without a rate
local v = roi.discount(t) -- expect error: roi.discount: rate must be a number or an uncertain number, not nil
---- an unknown function
local v = roi.minimum(1, 2) -- expect error: roi has no 'minimum'
---- a misspelt function
local v = roi.lognormall(1, 2) -- expect error: roi has no 'lognormall'; did you mean 'lognormal'?
---- a misspelt curve
local v = roi.curve.logistics(t, 1, 2) -- expect error: roi.curve has no 'logistics'; did you mean 'logistic'?
---- patching the library
roi.normal = roi.uniform -- expect error: roi can't be changed: keep 'normal' in a table of your own
---- patching the curves
roi.curve.mine = 1 -- expect error: roi.curve can't be changed
---- a name that is no text
x.a = roi.normal(0, 1):name(5) -- expect error: value:name(text) takes a text that is not empty, not 5
---- a unit that is no text
x.a = roi.normal(0, 1):unit(5) -- expect error: value:unit(text) takes a text, not 5
---- plain nonsense becomes an output
model.outputs.a = 0 / 0 -- expect error: not a number
---- numbers of a file that is not there
local v = roi.data("nowhere.csv") -- expect error: nowhere.csv
---- numbers of a file by number
local v = roi.data(5) -- expect error: roi.data(name) takes the name of a file, not 5
---- per_trial without a function
local v = roi.per_trial("wait", 5) -- expect error: roi.per_trial(name, function, ...) takes a name and a function first, not the text 'wait' and 5
---- per_trial with a text for an argument
local v = roi.per_trial("wait", function(rng, a) return a end, "b") -- expect error: roi.per_trial: an argument must be a number or an uncertain value, not the text 'b'
---- an output of plain true or false
x.a = roi.normal(0, 1)
model.outputs.y = x.a == 3 -- expect error: not false: for a condition write roi.eq(a, b), roi.lt(a, b) and so on
---- an output of minus infinity
model.outputs.y = -1 / 0 -- expect error: output 'y' is minus infinite
---- a lag beyond every horizon
local v = roi.lag(t, 1e9) -- expect error: periods must be a whole number from 0 to 65535, not 1000000000
---- a failed calculation can't hide in a condition
x.a = roi.uniform(-2, -1)
local broken = roi.log(x.a) -- expect error: log(
model.outputs.likely = roi.gt(broken, 3)
return model
---- nor in a choice
x.a = roi.uniform(-2, -1)
local broken = roi.log(x.a) -- expect error: log(
model.outputs.y = roi.where(roi.all(1, broken), 1, 2)
return model
---- nor in a period
x.a = roi.uniform(-2, -1)
local broken = roi.sqrt(x.a) -- expect error: sqrt(
model.outputs.y = roi.sum(roi.at(broken, 5))
return model
---- a date where a period belongs
local s = roi.at("2026-03-01", 5) -- expect error: the period is a number of periods from now (0 = now), not the text '2026-03-01'
---- two values of one name: by line
local a, b = roi.normal(0, 1) + 1, roi.normal(0, 1) + 2
a:name("k")
a:name("k") -- the same value again
b:name("k") -- expect error: 'k' is already the name of another value (wrong_values.lua:179): give this one another
---- a value and a draw
local a = roi.normal(0, 1):name("k")
local b = (a + 1):name("k") -- expect error: 'k' is already the name of another value (wrong_values.lua:183): give this one another
---- a value and an input
x.k = roi.normal(0, 1) * 2
local b = (x.k + 1):name("k") -- expect error: 'k' is already the name of another value (wrong_values.lua:186): give this one another
---- a draw and a value
local a = (roi.normal(0, 1) + 1):name("k")
local b = roi.normal(0, 1):name("k")
model.outputs.y = a + b -- expect error: 'k' is already the name of another value (wrong_values.lua:189): give this one another
---- an infinite output of plain numbers
x.seats = 0
model.outputs.price = 5 / x.seats -- expect error: output 'price' is infinite: a plain calculation gave it, such as 1/0
---- an infinite operand
x.seats = 0
x.a = roi.uniform(1, 2)
model.outputs.price = x.a + 5 / x.seats -- expect error: '+': operand 2 is infinite: a plain calculation gave it, such as 1/0
---- a unit of nothing
local d = roi.normal(0, 1)
d.unit(nil, "EUR") -- expect error: write value:unit(text) with a colon: it is called on an uncertain value, not on nil
---- a note on no number
local d = roi.normal(0, 1)
d.doc(0 / 0, "of what") -- expect error: write value:doc(text) with a colon: it is called on an uncertain value, not on
---- a source of a text
local d = roi.normal(0, 1)
d.source("books", "ledger") -- expect error: write value:source(text) with a colon: it is called on an uncertain value, not on the text 'books'
---- a name of nothing
local d = roi.normal(0, 1)
d.name(nil, "wage") -- expect error: write value:name(text) with a colon: it is called on an uncertain value, not on nil
---- bounds of nothing
local d = roi.normal(0, 1)
d.truncate(nil, 0) -- expect error: :truncate(low, high) needs a distribution, such as roi.normal(10, 2), not nil
---- a unit without a colon
local d = roi.normal(0, 1)
d.unit("EUR") -- expect error: write value:unit(...) with a colon
