---- autoregression by hand
local e = roi.each_period(roi.normal(0, 1))
local one = roi.uniform(1, 1)
local by_hand = roi.recur(120 * one, function(prev, p) return 100 + 0.8 * (prev - 100) + 5 * e[p] end)
local s = roi.process.ar1 { mean = 100, phi = 0.8, sd = 5, start = 120, shock = e }
model.outputs.ok_same = roi.lt(roi.max_over(roi.abs(s - by_hand)), 1e-12)
return model
---- walks by hand
local e = roi.each_period(roi.normal(0, 1))
local by_hand = roi.recur(100, function(prev, p) return prev + 0.5 + 5 * e[p] end)
local s = roi.process.random_walk { start = 100, drift = 0.5, sd = 5, shock = e }
model.outputs.ok_walk = roi.lt(roi.max_over(roi.abs(s - by_hand)), 1e-12)
local grown = roi.recur(100, function(prev, p) return prev * 1.01 * roi.exp(0.1 * e[p] - 0.005) end)
local g = roi.process.geometric_walk { start = 100, growth = 0.01, sd = 0.1, shock = e }
model.outputs.ok_growth = roi.lt(roi.max_over(roi.abs(g / grown - 1)), 1e-12)
return model
---- mean reversion by hand, and in logs
local e = roi.each_period(roi.normal(0, 1))
local keep, step = math.exp(-0.3), math.sqrt((1 - math.exp(-0.6)) / 0.6)
local by_hand = roi.recur(80, function(prev, p) return 100 + keep * (prev - 100) + 5 * step * e[p] end)
local s = roi.process.mean_reversion { start = 80, level = 100, speed = 0.3, sd = 5, shock = e }
model.outputs.ok_same = roi.lt(roi.max_over(roi.abs(s - by_hand)), 1e-12)
local logs = roi.process.mean_reversion { start = roi.log(80), level = roi.log(100), speed = 0.3, sd = 0.1, shock = e }
local price = roi.process.mean_reversion { start = 80, level = 100, speed = 0.3, sd = 0.1, log = true, shock = e }
model.outputs.ok_logs = roi.lt(roi.max_over(roi.abs(price / roi.exp(logs) - 1)), 1e-12)
return model
---- without noise
local o = model.outputs
o.ok_ar1 = roi.eq(roi.process.ar1 { mean = 10, phi = 0.5, sd = 0, start = 2 }[3], 9)
o.ok_walk = roi.eq(roi.process.random_walk { sd = 0, drift = 2 }[12], 24)
o.ok_growth = roi.lt(roi.abs(roi.process.geometric_walk { start = 8, growth = 0.5, sd = 0 }[2] - 18), 1e-13)
o.ok_none = roi.eq(roi.sum(roi.process.jump { rate = 0, size = 5, name = "none" }), 0)
return model
---- jumps are counted
local number = roi.process.jump { rate = 3, size = 1, name = "calls" }
local large = roi.process.jump { rate = 3, size = roi.uniform(5, 5), name = "large" }
model.outputs.ok_whole = roi.eq(roi.sum(roi.abs(number - roi.round(number))), 0)
model.outputs.ok_fives = roi.eq(roi.sum(large % 5), 0)
local few = roi.process.jump { rate = 50, size = roi.uniform(1, 1), most = 3 }
model.outputs.ok_most = roi.all(roi.le(roi.max_over(few), 3), roi.gt(roi.sum(few), 30))
model.outputs.ok_any = roi.gt(roi.sum(number) + roi.sum(large), 0)
return model
---- a process that nothing uses is no condition of the script's
local unused = roi.process.jump { rate = 0.5, size = roi.exponential(1), name = "unused" }
model.outputs.ok_other = roi.ge(roi.uniform(1, 2), 1)
return model
---- an option that is not there
local s = roi.process.ar1 { ph = 0.5, sd = 1 } -- expect error: roi.process.ar1: unknown option 'ph'; did you mean 'phi'?
---- a process that is not there
local s = roi.process.arl { phi = 0.5, sd = 1 } -- expect error: roi.process has no 'arl'; did you mean 'ar1'?
---- a process without its table
local s = roi.ar1 { phi = 0.5, sd = 1 } -- expect error: roi has no 'ar1'; write roi.process.ar1 { ... }
---- an option of another process
local s = roi.process.random_walk { sd = 1, log = true } -- expect error: roi.process.random_walk: unknown option 'log'
---- no table
local s = roi.process.ar1(0.5) -- expect error: roi.process.ar1 takes a table, such as { mean = 100, phi = 0.8, sd = 5 }, not 0.5
---- values without names
local s = roi.process.ar1 { 0.5, 1 } -- expect error: roi.process.ar1: options are written name = value
---- what is needed
local s = roi.process.ar1 { phi = 0.5 } -- expect error: roi.process.ar1: sd is missing; write roi.process.ar1 { mean = 100, phi = 0.8, sd = 5 }
---- no size
local s = roi.process.jump { rate = 0.5 } -- expect error: roi.process.jump: size is missing; write roi.process.jump { rate = 0.1, size
---- a text
local s = roi.process.ar1 { phi = "0.5", sd = 1 } -- expect error: roi.process.ar1: phi must be a number or an uncertain number, not the text '0.5'
---- a series for a number
local s = roi.process.ar1 { phi = 0.5, sd = t } -- expect error: roi.process.ar1: sd must be a number or an uncertain number, not an uncertain series
---- too strong a memory
local s = roi.process.ar1 { phi = 1, sd = 1 } -- expect error: roi.process.ar1: phi 1 must be between -1 and 1 (at 1 it is roi.process.random_walk)
---- a negative deviation
local s = roi.process.random_walk { sd = -1 } -- expect error: roi.process.random_walk: sd -1 must be 0 or more
---- growth in percent
local s = roi.process.geometric_walk { start = 1, growth = -5, sd = 1 } -- expect error: roi.process.geometric_walk: growth -5 must be above -1 (-100%)
---- no way back
local s = roi.process.mean_reversion { level = 1, speed = 0, sd = 1 } -- expect error: roi.process.mean_reversion: speed 0 must be above 0
---- the log of a level below 0
local s = roi.process.mean_reversion { level = -1, speed = 1, sd = 1, log = true } -- expect error: roi.process.mean_reversion: level -1 must be above 0
---- the log of a start of 0
local s = roi.process.mean_reversion { start = 0, level = 1, speed = 1, sd = 1, log = true } -- expect error: start 0 must be above 0
---- log as a number
local s = roi.process.mean_reversion { level = 1, speed = 1, sd = 1, log = 1 } -- expect error: roi.process.mean_reversion: log must be true or false, not 1
---- not a finite number
local s = roi.process.random_walk { sd = 1, drift = 1 / 0 } -- expect error: roi.process.random_walk: drift inf must be a finite number
---- a shock drawn once
local s = roi.process.ar1 { phi = 0, sd = 1, shock = roi.normal(0, 1) } -- expect error: roi.process.ar1: shock must be a series from period 1, such as roi.each_period(roi.normal(0, 1)), not
---- a shock from period 0
local s = roi.process.random_walk { sd = 1, shock = roi.at(0, 1) } -- expect error: roi.process.random_walk: shock must be a series from period 1
---- a shock of the wrong kind
local s = roi.process.random_walk { sd = 1, shock = true } -- expect error: roi.process.random_walk: shock must be a series from period 1
---- a name that is no text
local s = roi.process.random_walk { sd = 1, name = 5 } -- expect error: roi.process.random_walk: name must be a text that is not empty, not 5
---- a name twice
local a = roi.process.random_walk { sd = 1, name = "walk" }
local b = roi.process.random_walk { sd = 1, name = "walk" } -- expect error: the draw "walk.shock" is named twice
---- an uncertain rate without a bound
local s = roi.process.jump { rate = roi.uniform(1, 2), size = roi.exponential(1) } -- expect error: say how many jumps a period can have at most: most = 5
---- jumps without end
local s = roi.process.jump { rate = 80, size = roi.exponential(1) } -- expect error: roi.process.jump: rate 80 a period needs more than 100 sizes in each
---- half a jump
local s = roi.process.jump { rate = 1, size = 1, most = 1.5 } -- expect error: roi.process.jump: most 1.5 must be a whole number from 1 to 100
---- an uncertain bound
local s = roi.process.jump { rate = 1, size = 1, most = roi.uniform(1, 2) } -- expect error: roi.process.jump: most must be a whole number from 1 to 100, not
---- a size of the wrong kind
local s = roi.process.jump { rate = 1, size = "big" } -- expect error: roi.process.jump: size must be a number or an uncertain number, not the text 'big'
---- a process before the model
local roi = require "roisim"
local s = roi.process.ar1 { phi = 0, sd = 1 } -- expect error: roi.process.ar1 before roi.model { ... }: the horizon is not known yet
---- the table is read only
roi.process.ar1 = nil -- expect error: roi.process can't be changed
---- an uncertain memory that may be too strong
x.growth = roi.uniform(1, 2)
local p = roi.process.ar1 { phi = roi.uniform(1.1, 1.2):name("phi"), sd = 1 } -- expect error: sqrt(-0.
model.outputs.total = roi.sum(p) * x.growth
return model
---- and names the draw
local p = roi.process.ar1 { phi = roi.uniform(1.1, 1.2):name("phi"), sd = 1 } -- expect error: , from the draw phi = 1.1
model.outputs.total = roi.sum(p)
return model
