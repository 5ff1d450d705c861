---- an option that is not there
local roi = require "roisim"
local model = roi.model { name = "a", horizn = 12 } -- expect error: roi.model: unknown option 'horizn'; did you mean 'horizon'?
---- a horizon of nothing
local roi = require "roisim"
local model = roi.model { horizon = 0 } -- expect error: horizon 0: must be a whole number of periods from 1 to 65535
---- half a horizon
local roi = require "roisim"
local model = roi.model { horizon = 1.5 } -- expect error: horizon 1.5
---- a horizon as text
local roi = require "roisim"
local model = roi.model { horizon = "12" } -- expect error: horizon the text '12'
---- an endless horizon
local roi = require "roisim"
local model = roi.model { horizon = 1e6 } -- expect error: must be a whole number of periods from 1 to 65535
---- an unknown period
local roi = require "roisim"
local model = roi.model { period = "months" } -- expect error: did you mean 'month'?
---- a rate in percent
local roi = require "roisim"
local model = roi.model { discount_rate = -10 } -- expect error: discount_rate -10: must be above -1 (-100%)
---- a rate as text
local roi = require "roisim"
local model = roi.model { discount_rate = "10%" } -- expect error: discount_rate must be a number or an uncertain number, not the text '10%'
---- a model of a name
local roi = require "roisim"
local model = roi.model("desk") -- expect error: roi.model takes a table
---- a model of nothing
local roi = require "roisim"
local model = roi.model() -- expect error: roi.model takes a table
---- a name that is a number
local roi = require "roisim"
local model = roi.model { name = 5 } -- expect error: roi.model: name must be a text that is not empty, not 5
---- two models
local again = roi.model {} -- expect error: roi.model was called already, on line 34: a script makes one model
---- a series before the model
local roi = require "roisim"
local setup = roi.at(0, 500) -- expect error: roi.at before roi.model { ... }: the horizon is not known yet
---- a list before the model
local roi = require "roisim"
local s = roi.series { 1, 2 } -- expect error: roi.series before roi.model { ... }
---- a recurrence before the model
local roi = require "roisim"
local s = roi.recur(1, function(v) return v end) -- expect error: roi.recur before roi.model { ... }
---- a draw each period before the model
local roi = require "roisim"
local s = roi.each_period(roi.normal(0, 1)) -- expect error: roi.each_period before roi.model { ... }
---- no model
local roi = require "roisim"
local y = roi.exp(1) -- expect failure: the script makes no model
---- no return
local roi = require "roisim"
local model = roi.model {}
model.outputs.a = 1
do end -- expect failure: end it with `return model`
---- the wrong thing returned
x.a = roi.normal(0, 1)
do return x.a end -- expect failure: it returned a draw
---- nothing to report
x.a = roi.normal(0, 1)
return model -- expect failure: the model has no outputs
---- an unknown field
print(model.horizont) -- expect error: the model has no 'horizont'; did you mean 'horizon'?
---- an unknown method
model:benfit("a", 5) -- expect error: the model has no 'benfit'; did you mean 'benefit'?
---- setting what is fixed
model.horizon = 24 -- expect error: model.horizon can't be set
---- an output beside the outputs
model.total = 24 -- expect error: outputs to model.outputs
---- a dot where a colon belongs
model.benefit("sales", t) -- expect error: write model:benefit(...) with a colon
---- an input that is not there
x.price = roi.uniform(1, 2)
local y = x.prise -- expect error: model.inputs has no 'prise' yet; did you mean 'price'?
---- an input twice
x.price = roi.uniform(1, 2)
x.price = roi.uniform(1, 3) -- expect error: input 'price' is set already, on line 76
---- an input of nothing
x.price = nothing -- expect error: input 'price' is set to nil
---- an input of text
x.price = "5" -- expect error: input 'price' takes a distribution, a number or an expression, not the text '5'
---- an input without a name
x[1] = 5 -- expect error: input needs a name, not 1
---- an output that is not there
model.outputs.a = 1
local y = model.outputs.b -- expect error: model.outputs has no 'b' yet
---- an output twice
model.outputs.a = 1
model.outputs.a = 2 -- expect error: output 'a' is set already
---- a series as an output
model.outputs.a = t * 2 -- expect error: output 'a' is a series: take one number of it, such as roi.sum(s), roi.last(s) or s[12]
---- a truth as an output
model.outputs.a = 1 < 2 -- expect error: output 'a' must be a number or an uncertain number, not true
---- an output called as a standard one
model:cost("a", t)
model.outputs.npv = 5
return model -- expect failure: output 'npv' is a standard output of a model with flows
---- a number without its how often
model:cost("licences", 100) -- expect error: cost 'licences' is one number: say how often, { every = "month" }, or when, roi.at(period, value)
---- a draw without its how often
x.run = roi.uniform(1, 2)
model:benefit("sales", x.run) -- expect error: benefit 'sales' is one number: say how often
---- an unknown how often
model:cost("licences", 100, { every = "day" }) -- expect error: must be "week", "month", "quarter" or "year"
---- how often as text alone
model:cost("licences", 100, "month") -- expect error: options are a table, such as { every = "month" }, not the text 'month'
---- an unknown option of a flow
model:cost("licences", 100, { evry = "month" }) -- expect error: cost 'licences': unknown option 'evry'; did you mean 'every'?
---- how often of a series
model:cost("licences", t * 100, { every = "month" }) -- expect error: leave out 'every'
---- a flow without a value
model:cost("licences") -- expect error: cost 'licences' must be a number, an uncertain number or a series, not nil
---- a flow without a name
model:cost(100, { every = "month" }) -- expect error: model:cost(name, value): the name must be a text, not 100
---- a flow twice
model:cost("licences", t)
model:cost("licences", t) -- expect error: cost 'licences': a cost of that name stands on line 116
---- a flow of text
model:cost("licences", "100") -- expect error: not the text '100'
---- a list as a flow
model:cost("licences", { 100, 200 }) -- expect error: a series (a list becomes one by roi.series), not a table
---- a risk without a time
model:risk("leak", { probability = 0.1, loss = 1e5 }) -- expect error: risk 'leak': at is missing
---- a risk without a probability
model:risk("leak", { loss = 1e5, at = 3 }) -- expect error: risk 'leak': probability is missing
---- a risk by position
model:risk("leak", 0.1, 1e5, 3) -- expect error: risk 'leak' takes { probability = , loss = , at = }, not 0.1
---- a risk in percent
model:risk("leak", { probability = 15, loss = 1e5, at = 3 }) -- expect error: probability 15 is not between 0 and 1 (15% is written 0.15)
---- an unknown option of a risk
model:risk("leak", { probability = 0.15, loss = 1e5, when = 3 }) -- expect error: unknown option 'when'
---- a risk twice
model:risk("leak", { probability = 0.15, loss = 1e5, at = 3 })
model:risk("leak", { probability = 0.15, loss = 1e5, at = 5 }) -- expect error: the name is taken already, on line 133
---- a risk before the decision
model:risk("leak", { probability = 0.15, loss = 1e5, at = -3 }) -- expect error: risk 'leak': at -3 is before 0
---- a standard output before any flow
local y = model.npv -- expect error: model.npv before any flow
---- a flow after a standard output
model:cost("a", t)
local y = model.npv
model:cost("b", t) -- expect error: cost 'b' comes too late: reading model.npv (line 141) closed the model to further flows
---- a rate after a standard output
model:cost("a", t)
local y = model.roi
model.discount_rate = 0.1 -- expect error: discount_rate comes too late: model.roi was read on line 145
---- a rate by period
model.discount_rate = t -- expect error: discount_rate must be a number or an uncertain number, not an uncertain series
---- a parameter twice
local a = model:param("a", 1)
local b = model:param("a", 1) -- expect error: parameter 'a': the name is taken already, on line 150
---- a parameter called as an input
x.a = 1
local b = model:param("a", 1) -- expect error: parameter 'a': the name is taken already, on line 153
---- an uncertain parameter
local b = model:param("a", roi.normal(0, 1)) -- expect error: the default must be a plain number, not a draw
---- a parameter without a value
local b = model:param("a") -- expect error: the default must be a plain number, not nil
---- a setting that nothing uses
-- args: --set prise=5
x.price = roi.uniform(1, 2)
model.outputs.a = x.price * 2
return model -- expect failure: --set prise=5: the script has no input or parameter 'prise'; did you mean 'price'?
---- a setting that is no expression
-- args: --set price=5+
x.price = roi.uniform(1, 2) -- expect failure: --set price
---- a setting that makes a parameter uncertain
-- args: --set 'n=roi.normal(0, 1)'
local n = model:param("n", 3) -- expect error: parameter 'n' is a plain number: --set n gave a draw
---- a setting that is a text
-- args: --set "price='5'"
x.price = roi.uniform(1, 2) -- expect error: input 'price' is a number, a distribution or an expression: --set gave the text '5'
---- a setting with a misspelt name
-- args: --set 'price=rio.normal(0,1)'
x.price = roi.uniform(1, 2) -- expect failure: rio
---- a setting that is no value names itself
-- args: --set price=x
x.price = roi.uniform(1, 2) -- expect error: input 'price' is a number, a distribution or an expression: --set gave nil
---- a risk that occurs twice
-- args: --set fire.occurs=2
model:risk("fire", { probability = 0.1, loss = 5, at = 3 }) -- expect error: risk 'fire': fire.occurs is 0 or 1, or a distribution of these, not 2
---- no return says what to write and no more
local roi = require "roisim"
local model = roi.model {} -- expect failure: the script must return its model: end it with `return model`
model.outputs.a = 1
---- a risk, with a space in its name, that occurs twice
-- args: --set 'bad answer.occurs=2'
model:risk("bad answer", { probability = 0.1, loss = 5, at = 3 }) -- expect error: bad answer.occurs is 0 or 1
---- once
model:cost("a", 5, { every = "once" }) -- expect error: what is paid a single time is written roi.at(0, value)
---- an output called as a standard one has its line
model:cost("a", t)
model.outputs.npv = 5 -- expect error: output 'npv' is a standard output of a model with flows
return model
---- roi.inputs
local y = roi.inputs -- expect error: roi has no 'inputs'; write model.inputs
---- roi.cost
roi.cost("a", t) -- expect error: roi has no 'cost'; write model:cost(name, value)
---- a setting of the horizon
-- args: --set horizon=36
model.outputs.a = roi.uniform(1, 2)
return model -- expect failure: --set horizon=36: only inputs and parameters can be set; horizon is fixed by roi.model { horizon = ... }
---- a setting of the discount rate
-- args: --set discount_rate=0.2
model:cost("a", roi.uniform(1, 2) * t)
return model -- expect failure: model.discount_rate = model:param("discount_rate", 0.1)
---- a discount rate that can be set
-- args: --set discount_rate=0.2
model.discount_rate = model:param("discount_rate", 0.1)
model:cost("a", roi.at(12, roi.uniform(12, 12.001)))
model.outputs.ok = roi.lt(model.pv_cost, 10.01)
return model
---- a setting in percent
-- args: --set rate=35%
x.rate = roi.share(0.1, 0.2) -- expect error: --set rate=35%: a percentage is written as a share: 0.35
---- a setting with a decimal comma
-- args: --set fee=99,50
x.fee = roi.uniform(1, 2) -- expect error: --set fee=99,50: needs one value; decimals have a point: 9.5, not 9,5
---- a setting of two values
-- args: --set 'fee=roi.normal(1, 2), 3'
x.fee = roi.uniform(1, 2) -- expect error: --set fee=roi.normal(1, 2), 3: needs one value
---- a setting without roi
-- args: --set 'margin=normal(12,3)'
x.margin = roi.uniform(1, 2) -- expect error: did you mean roi.normal?
---- a script that requires nothing
-- (local roi = require "roisim" is missing)
;(function() local _ENV = { roi = nil } ; roi.model { horizon = 3 } end)() -- expect error: begin with local roi = require "roisim"
---- a distribution without roi
x.a = triangular(1, 2, 3) -- expect error: (global 'triangular'); did you mean roi.triangular?
---- the clock
local now = os.time() -- expect error: os is not available in a model: models can't reach files, programs or the clock
---- a file
local f = io.open("a.csv") -- expect error: io is not available in a model
---- another script
dofile("a.lua") -- expect error: dofile is not available in a model
---- asking whether there is a clock
local now = os and os.time() or 0 -- expect warning: 'os' has no value: a name not set, or a text without its quotes?
model.outputs.ok = roi.eq(roi.uniform(0, 1) * 0, now)
return model
---- names in parentheses
x.a = roi.normal(mean = 5, sd = 3) -- expect error: what is given by name stands in braces, roi.normal { mean = 5, sd = 3 }
---- numbers with marks between thousands
x.a = roi.uniform(1,000, 2,000) -- expect error: uniform(min, max): 4 parameters given; a number has no comma within: 1000, not 1,000
---- too many numbers
x.a = roi.normal(5, 1, 20) -- expect error: normal(mean, sd): 3 parameters given
---- a percentage in a call
x.a = roi.bernoulli(35%) -- expect error: a percentage is written as a share: 35% is 0.35
---- a percentage at the end of a line
x.a = 35%
x.b = 5 -- expect error: a percentage is written as a share: 35% is 0.35
---- percentages with blanks
x.a = roi.share(15 %, 45 %) -- expect error: a percentage is written as a share: 35% is 0.35
---- a percentage in a sum
x.a = 60% + 3 -- expect error: a percentage is written as a share: 35% is 0.35
---- a percentage some lines before what Lua complains about
x.a = 8%

-- the next
x.b = 5 -- expect error: a percentage is written as a share: 35% is 0.35
---- a percentage before a call, which is a remainder to Lua
model.discount_rate = 8% -- expect error: a percentage is written as a share: 35% is 0.35
model:cost("a", 3, { every = "month" })
---- a sign of percent in front
x.a = %35 -- expect error: a percentage is written as a share: 35% is 0.35
---- a percentage in a comment is none
local a = 7 % 3 -- 35%
local b = 2 * nothing -- expect failure: attempt to perform arithmetic on a nil value (global 'nothing')
---- a remainder is no percentage
x.a = roi.normal(35 % 3, 1
x.b = 5 -- expect error: ')' expected (to close '(' at line
---- a risk at many times
model:risk("leak", { probability = 0.1, loss = 5, at = roi.each_period(roi.uniform(0, 1)) }) -- expect error: risk 'leak': at must be a number or an uncertain number, not
---- when a risk comes, set to a series
model:risk("leak", { probability = 0.1, loss = 5, at = roi.uniform(0, 1) }) -- expect error: risk 'leak': at must be a number or an uncertain number, not an uncertain series
-- args: --set 'leak.at=roi.series{1,2}'
---- a percentage after a text is one
local note, share = "or 'less'", 35%, 2 -- expect error: a percentage is written as a share: 35% is 0.35
---- a list of numbers where numbers are needed
local v = roi.max({ 1, 2 }) -- expect error: roi.max(a, b, ...) takes numbers and uncertain values, not a table; the highest of a list or series is roi.max_over
---- inputs that are set as a whole
model.inputs = { price = 3 } -- expect error: model.inputs is there already: give it fields, model.inputs.NAME = ...
---- a setting that uses names of the script
x.a = roi.uniform(0, 1) -- expect error: --set a=x.b: attempt to index a nil value (global 'x'); the expression sees roi, and no name of the script's
-- args: --set a=x.b
---- a setting of two numbers
x.a = roi.uniform(0, 1) -- expect error: --set a=0.1 0.2: <eof> expected near '0.2'
-- args: --set 'a=0.1 0.2'
---- a setting that the library refuses
x.a = roi.uniform(0, 1) -- expect error: normal(mean, sd): sd -1 is below 0
-- args: --set 'a=roi.normal(0, -1)'
---- a name that a zero byte ends
x["a\0b"] = roi.uniform(0, 1) -- expect error: input: a name can't hold a zero byte, at which it would end
---- an output's name that a zero byte ends
model.outputs["a\0b"] = roi.uniform(0, 1) -- expect error: model.outputs: an output needs a name without zero bytes, not the text 'a
---- a second model made while the options of the first are read
local roi = require "roisim"
local waiting = setmetatable({}, { __index = function(_, field) if field == "currency" then coroutine.yield() end end })
local first = coroutine.wrap(function() return roi.model(waiting) end) -- expect error: roi.model was called already, on line 300: a script makes one model
first()
local model = roi.model { name = "second" }
model.outputs.one = 1
first()
return model
---- a second model made while the terminal value of the first is read
local roi = require "roisim"
local waiting = setmetatable({}, { __index = function(_, field) if field == "growth" then coroutine.yield() return 0 end end })
local first = coroutine.wrap(function() return roi.model { terminal = waiting } end) -- expect error: roi.model was called already, on line 309
first()
local model = roi.model { name = "second" }
model.outputs.one = 1
first()
return model
---- a model after one whose options were refused
local roi = require "roisim"
print(pcall(roi.model, { horizon = 0 }))
local model = roi.model { horizon = 2, discount_rate = 0.1 }
model.outputs.one = 1
return model
