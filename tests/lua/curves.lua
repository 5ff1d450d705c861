---- shares that a Bass curve reaches
-- Values: mpmath 1.3 at 40 digits, the formula of the 1969 paper with the doubles given here.
local function same(a, b) return math.abs(a / b - 1) < 1e-14 end
local bass = roi.curve.bass
print(same(bass(1, 0.03, 0.38), 0.035758164256441625), same(bass(6, 0.03, 0.38), 0.43923521787287523)) -- expect: true true
print(same(bass(12, 0.03, 0.38), 0.90868756313869347), same(bass(36, 0.05, 0.2), 0.99938325542887338)) -- expect: true true
print(same(bass(12, 0.01, 0), 0.11307956328284249), same(bass(0.5, 0.2, 0.6), 0.10949329743423323)) -- expect: true true
print(math.abs(bass(12, 1e-9, 0.5) - 8.0485694726281927e-7) < 1e-15) -- expect: true
model.outputs.one = 1
return model
---- Gompertz curves
-- Values: mpmath 1.3 at 40 digits.
local function same(a, b) return math.abs(a / b - 1) < 1e-14 end
local g = roi.curve.gompertz
print(same(g(1, 0.3, 6), 0.011314286380459626), same(g(12, 0.3, 6), 0.84764031651577331)) -- expect: true true
print(same(g(6, 0.3, 6), 0.36787944117144232), same(g(0, 0.3, 6), 0.0023586933832932277)) -- expect: true true
model.outputs.one = 1
return model
---- curves through two points
-- Values: mpmath 1.3 at 40 digits, straight lines in log(y / (1 - y)) and in -log(-log y).
local function same(a, b) return math.abs(a / b - 1) < 1e-14 end
local c, by18 = roi.curve, { start = 0.05, reach = 0.9, at = 18 }
local users = { start = 50, reach = 4500, at = 12, from = 3, top = 5000 }
print(same(c.logistic(1, by18), 0.065449243612521849), same(c.logistic(9, by18), 0.4076696830622021)) -- expect: true true
print(same(c.logistic(12, by18), 0.6185354836521797), same(c.logistic(8, users), 1527.1257745549822)) -- expect: true true
print(same(c.gompertz(1, by18), 0.083130904234646633), same(c.gompertz(9, by18), 0.57017538946162459)) -- expect: true true
print(same(c.gompertz(12, by18), 0.72500411623146161), same(c.gompertz(8, users), 2842.6484385836328)) -- expect: true true
for _, curve in ipairs { c.logistic, c.gompertz } do
  print(same(curve(0, by18), 0.05), same(curve(18, by18), 0.9), same(curve(3, users), 50), same(curve(12, users), 4500))
  -- expect: true true true true
end
-- expect: true true true true
local k = (math.log(9) - math.log(0.05 / 0.95)) / 18
print(same(c.logistic(7, by18), c.logistic(7, k, -math.log(0.05 / 0.95) / k))) -- expect: true
print(same(c.logistic(5, { start = 0.3, reach = 0.3, at = 9 }), 0.3), c.logistic(5, { start = 0.9, reach = 0.1, at = 10 })) -- expect: true 0.5
model.outputs.one = 1
return model
---- a period of a series is what the curve gives for that period, to the bit; without a time it is model.time
local c = roi.curve
local by9 = { start = 0.1, reach = 0.8, at = 9 }
local points = { { 2, 0.1 }, { 6, 0.5 }, { 11, 0.8 } }
local up = { before = 0.2, from = 3, periods = 4, to = 0.85 }
local file = { file = "data/adoption.csv", column = "share", time = "month", hold = true }
local all = {
  logistic = function(time) return c.logistic(time, 0.4, 6) end, bass = function(time) return c.bass(time, 0.03, 0.4) end,
  gompertz = function(time) return c.gompertz(time, 0.4, 6) end, line = function(time) return c.logistic(time, by9) end,
  double = function(time) return c.gompertz(time, by9) end, ramp = function(time) return c.ramp(time, up) end,
  step = function(time) return c.step(time, points) end, piecewise = function(time) return c.piecewise(time, points) end,
  csv = function(time) return c.csv(time, file) end,
}
local equal, rising = true, true
for _, f in pairs(all) do
  local s = f(t)
  for p = 1, 12 do equal = equal and s[p] == f(p) and math.type(f(p)) ~= nil end
  for p = 2, 12 do rising = rising and s[p] >= s[p - 1] end
end
print(equal, rising) -- expect: true true
local short, long = { c.logistic(by9), c.gompertz(by9), c.ramp(up), c.step(points), c.piecewise(points), c.csv(file) },
  { all.line(t), all.double(t), all.ramp(t), all.step(t), all.piecewise(t), all.csv(t) }
for i, s in ipairs(short) do equal = equal and roi.sum(roi.ne(s, long[i])) == 0 end
print(equal) -- expect: true
model.outputs.one = 1
return model
---- before the beginning, in the end and where nobody begins
local bass, gompertz, logistic = roi.curve.bass, roi.curve.gompertz, roi.curve.logistic
print(bass(0, 0.03, 0.4), bass(-5, 0.03, 0.4), bass(12, 0, 0.4), bass(12, 0, 0), bass(1e6, 0, 0.4)) -- expect: 0.0 0.0 0.0 0.0 0.0
print(bass(1e9, 0.03, 0.4), gompertz(1e9, 0.3, 6), gompertz(-1e9, 0.3, 6), logistic(-1e9, 0.3, 6)) -- expect: 1.0 1.0 0.0 0.0
print(bass(5 - roi.never, 0.03, 0.4), logistic(5 - roi.never, 0.3, 6), gompertz(5 - roi.never, 0.3, 6)) -- expect: 0.0 0.0 0.0
x.p = roi.discrete { { 0, 1 }, { 0.03, 1 } }
x.launch = roi.discrete { { 4, 1 }, { 7, 1 } }
local o, s, shifted = model.outputs, bass(t, x.p, 0.4), bass(t - x.launch, 0.03, 0.4)
o.ok_p = roi.eq(s[6], roi.where(roi.eq(x.p, 0), 0, s[6]))
o.ok_close = roi.lt(roi.abs(s[6] - roi.where(roi.eq(x.p, 0), 0, bass(6, 0.03, 0.4))), 1e-14)
o.ok_not_yet = roi.eq(shifted[4], 0)
o.ok_launched = roi.lt(roi.abs(roi.where(roi.eq(x.launch, 4), shifted[9], shifted[12]) - bass(5, 0.03, 0.4)), 1e-14)
o.ok_rises = roi.gt(roi.min_over(roi.diff(bass(t, roi.uniform(0, 0.1), roi.uniform(0, 0.8)))), 0)
return model
---- ramps
local c = roi.curve
local up = { before = 0.2, from = 3, periods = 4, to = 0.85 }
print(c.ramp(0, up), c.ramp(3, up), c.ramp(5, up), c.ramp(7, up), c.ramp(99, up)) -- expect: 0.2 0.2 0.525 0.85 0.85
print(c.ramp(5, { from = 3, till = 7, to = 100 }), c.ramp(4, { before = 8, from = 3, till = 7, to = 0 })) -- expect: 50.0 6.0
print(c.ramp(12, { before = 0.2, from = roi.never, periods = 4, to = 1 }), c.ramp(2, { from = 0, periods = 0.5, to = 3 })) -- expect: 0.2 3.0
x.from = roi.triangular(1, 2, 4)
x.till = x.from + roi.uniform(2, 6)
x.to = roi.uniform(0.5, 0.9)
local o = model.outputs
local s = c.ramp { before = 0.1, from = x.from, till = x.till, to = x.to }
o.ok_before = roi.eq(s[1], 0.1)
o.ok_end = roi.eq(s[12], x.to)
o.ok_between = roi.lt(roi.abs(s[4] - roi.min(0.1 + (x.to - 0.1) * (4 - x.from) / (x.till - x.from), x.to)), 1e-14)
local gate = roi.first(roi.ge(t * x.to, 4))
o.ok_gate = roi.eq(c.ramp { from = gate, periods = 1, to = 1 }[12], roi.lt(gate, 12))
return model
---- times that cross in a trial
local c, one = roi.curve, roi.uniform(1, 1)
local s = c.piecewise { { 1, 10 * one }, { 6 * one, 20 }, { 4 * one, 30 }, { 8, 50 } }
local o = model.outputs
o.ok_before = roi.all(roi.eq(s[3], 14), roi.eq(s[6], 20)) -- the third point counts as at 6: from 20 to 30 there, then on to 50 at 8
o.ok_after = roi.all(roi.lt(roi.abs(s[7] - 40), 1e-13), roi.eq(s[8], 50))
local up = c.ramp { from = 5 * one, till = 5 * one, to = 3 }
o.ok_jump = roi.all(roi.eq(up[5], 0), roi.eq(up[6], 3))
print(roi.sum(c.ramp { from = roi.never, till = 5, to = 3 })) -- expect: 0.0
return model
---- steps
local c = roi.curve
local levels = { { 0, 0.1 }, { 6, 0.5 }, { 12, 0.8 } }
print(c.step(-1, levels), c.step(0, levels), c.step(5.9, levels), c.step(6, levels), c.step(12, levels), c.step(50, levels)) -- expect: 0.0 0.1 0.1 0.5 0.8 0.8
print(c.step { before = 7, { roi.never, 3 } }[12], c.step { { 1, 2 } }[1], c.step { { 3, 2 } }[2]) -- expect: 7.0 2.0 0.0
x.switch = roi.uniform(2, 9)
x.high = roi.uniform(5, 6)
local s = c.step { before = 1, { x.switch, x.high } }
model.outputs.ok_levels = roi.eq(roi.sum(s), roi.sum(roi.where(roi.ge(t, x.switch), x.high, 1)))
return model
---- lines through points
local c = roi.curve
local points = { { 0, 0.1 }, { 6, 0.5 }, { 12, 0.8 } }
print(c.piecewise(-1, points), c.piecewise(3, points), c.piecewise(6, points), c.piecewise(9, points), c.piecewise(13, points)) -- expect: 0.1 0.3 0.5 0.65 0.8
x.y = roi.uniform(0.5, 0.6)
x.x = roi.uniform(5, 6)
local s = c.piecewise { { 1, 0.1 }, { x.x, x.y }, { 11, 1 } }
local o = model.outputs
o.ok_ends = roi.all(roi.eq(s[1], 0.1), roi.eq(s[12], 1))
o.ok_first = roi.lt(roi.abs(s[4] - (0.1 + (x.y - 0.1) * 3 / (x.x - 1))), 1e-14)
o.ok_second = roi.lt(roi.abs(s[8] - (x.y + (1 - x.y) * (8 - x.x) / (11 - x.x))), 1e-14)
o.ok_knot = roi.eq(c.piecewise { { 1, 0.1 }, { 6, x.y }, { 11, 1 } }[6], x.y)
o.ok_one = roi.eq(roi.sum(c.piecewise { { 3, x.y } }), roi.sum(x.y + 0 * t))
local one = roi.uniform(1, 1)
local plain, uncertain = c.piecewise { { 0, 3 }, { 5, 4 }, { 9, 7 } }, c.piecewise { { 0, 3 * one }, { 5, 4 }, { 9, 7 } }
o.ok_alike = roi.lt(roi.max_over(roi.abs(plain - uncertain)), 1e-14)
return model
---- data from a file
local c = roi.curve
local by_month = { file = "data/adoption.csv", column = "share", time = "month", hold = true }
print(c.csv(0, by_month), c.csv(3, by_month), c.csv(5, by_month), c.csv(12, by_month), c.csv(by_month)[2]) -- expect: 0.02 0.1 0.2 0.45 0.06
print(c.csv(2, { file = "data/adoption.csv", column = 2 }), c.csv(3, { file = "data/levels.csv" }), c.csv(2.5, { file = "data/levels.csv" })) -- expect: 0.1 0.4 0.3
x.shift = roi.uniform(1, 2)
local s = c.csv(t - x.shift, by_month)
model.outputs.ok_shifted = roi.lt(roi.abs(s[6] - (0.1 + 0.05 * (3 - x.shift))), 1e-14)
return model
---- a library reads the data beside it, at its very end too
print(require("data.adoption").share(5)) -- expect: 0.2
model.outputs.one = 1
return model
---- data that end too soon
local s = roi.curve.csv { file = "data/adoption.csv", column = "share", time = "month" } -- expect warning: roi.curve.csv: data/adoption.csv ends at 10 and t goes on to 12: its last value, 0.45, is held (say so by hold = true)
model.outputs.last = s[12]
return model
---- uncertain points
x.start = roi.uniform(0.02, 0.08)
x.reach = roi.uniform(0.7, 0.95)
x.at = roi.triangular(8, 10, 12)
local o = model.outputs
for _, name in ipairs { "logistic", "gompertz" } do
  local s = roi.curve[name] { start = x.start, reach = x.reach, at = x.at }
  local there = roi.curve[name](x.at, { start = x.start, reach = x.reach, at = x.at })
  o["ok_reach_" .. name] = roi.lt(roi.abs(there - x.reach), 1e-13)
  o["ok_rises_" .. name] = roi.gt(roi.min_over(roi.diff(s)), 0)
  o["ok_below_" .. name] = roi.lt(roi.last(s), 1)
end
return model
---- a curve that nothing uses is no condition of the script's
x.switch = roi.uniform(2, 9)
local unused = roi.curve.step { { x.switch, 2 } }
local also = roi.curve.ramp { from = x.switch, periods = 2, to = 2 }
model.outputs.ok_other = roi.ge(x.switch, 2)
return model
---- from a year to a period
-- Values: mpmath 1.3 at 40 digits.
local function same(a, b) return math.abs(a / b - 1) < 1e-15 end
print(same(model:per_period(0.22), 0.020492234177163093), same(model:per_period(1e-12), 8.3333333333371526e-14)) -- expect: true true
print(same(model:per_period(0.999999), 0.68377223398240429), model:per_period(0), model:per_period(1)) -- expect: true 0.0 1.0
print(same(model:per_period_growth(0.22), 0.01670896387312826), model:per_period_growth(0)) -- expect: true 0.0
print(math.abs((1 + model:per_period_growth(0.5)) ^ 12 - 1.5) < 1e-14, 1 - (1 - model:per_period(0.5)) ^ 12 - 0.5 < 1e-15) -- expect: true true
print(model:per_period(0.1 * t), roi.sum(roi.eq(model:per_period(0.05 * t), model:per_period(0.05 * t)))) -- expect: uncertain series 12.0
x.p = roi.uniform(0.1, 0.3)
model.outputs.ok_p = roi.lt(roi.abs(1 - (1 - model:per_period(x.p)) ^ 12 - x.p), 1e-14)
model.outputs.ok_g = roi.lt(roi.abs((1 + model:per_period_growth(x.p)) ^ 12 - 1 - x.p), 1e-14)
return model
---- from a year to a week
-- Values: mpmath 1.3 at 40 digits.
local roi = require "roisim"
local model = roi.model { horizon = 10, period = "week" }
print(math.abs(model:per_period(0.22) / 0.0047667060881897639 - 1) < 1e-15) -- expect: true
print(math.abs(model:per_period_growth(-0.3) / -0.0068356633731641264 - 1) < 1e-15) -- expect: true
model.outputs.one = 1
return model
---- from a year to a quarter
-- Values: mpmath 1.3 at 40 digits.
local roi = require "roisim"
local model = roi.model { horizon = 10, period = "quarter" }
print(math.abs(model:per_period(0.22) / 0.060225512884721538 - 1) < 1e-15) -- expect: true
print(math.abs(model:per_period_growth(1.0) / 0.18920711500272107 - 1) < 1e-15) -- expect: true
model.outputs.one = 1
return model
---- from a year to a year
local roi = require "roisim"
local model = roi.model { horizon = 10, period = "year" }
print(model:per_period(0.22), model:per_period_growth(-0.1)) -- expect: 0.22 -0.1
model.outputs.one = 1
return model
---- a probability in percent
local v = model:per_period(22) -- expect error: model:per_period(p): p 22 is not a probability between 0 and 1 (22% is written 0.22)
---- a probability below 0
local v = model:per_period(-0.1) -- expect error: model:per_period(p): p -0.1 is not a probability between 0 and 1
---- no probability
local v = model:per_period() -- expect error: model:per_period(p): p must be a number or an uncertain value, not nil
---- with a dot
local v = model.per_period(0.1) -- expect error: write model:per_period(...) with a colon
---- growth in percent
local v = model:per_period_growth(22) -- expect warning: model:per_period_growth(g): g 22 is 2200% a year; 22% is written 0.22
model.outputs.v = v
return model
---- everything is lost
local v = model:per_period_growth(-1) -- expect error: model:per_period_growth(g): g -1 must be above -1 (-100%)
---- a misspelt conversion
local v = model:per_perod(0.1) -- expect error: the model has no 'per_perod'; did you mean 'per_period'?
---- a probability that leaves its range in a trial
x.p = roi.uniform(1.5, 2)
model.outputs.p = model:per_period(x.p) -- expect failure: curves.lua
return model
---- a misspelt curve
local s = roi.curve.bas(t, 0.03, 0.4) -- expect error: roi.curve has no 'bas'; did you mean 'bass'?
---- an argument too few
local s = roi.curve.bass(t, 0.03) -- expect error: roi.curve.bass(t, p, q): q is missing (a name not set?)
---- a text for a time
local s = roi.curve.gompertz("6", 0.3, 6) -- expect error: roi.curve.gompertz(t, k, mid): t must be a number or an uncertain value, not the text '6'
---- an argument too many
local s = roi.curve.logistic(t, 0.3, 6, 1) -- expect error: roi.curve.logistic(t, k, mid) takes 3 arguments, not 4
---- p in percent
local s = roi.curve.bass(t, 3, 0.4) -- expect warning: roi.curve.bass: p 3 is 300% a period (3% is written 0.03)
model.outputs.v = s[3]
return model
---- p below 0
local s = roi.curve.bass(t, -0.03, 0.4) -- expect error: roi.curve.bass: p -0.03 must be 0 or more
---- a start of 0
local s = roi.curve.logistic { start = 0, reach = 0.9, at = 18 } -- expect error: roi.curve.logistic: start 0 must be above 0 and below 1, which the curve never reaches (what begins at 0 is roi.curve.ramp or roi.curve.bass)
---- a share in percent
local s = roi.curve.logistic { start = 0.05, reach = 90, at = 18 } -- expect error: roi.curve.logistic: reach 90 must be above 0 and below 1, which the curve never reaches (90% is written 0.9)
---- above the top
local s = roi.curve.gompertz { start = 50, reach = 5000, at = 18, top = 5000 } -- expect error: roi.curve.gompertz: reach 5000 must be above 0 and below top 5000
---- reached before it starts
local s = roi.curve.logistic { start = 0.05, reach = 0.9, at = 3, from = 6 } -- expect error: roi.curve.logistic: at 3 must be after from 6
---- a point too few
local s = roi.curve.gompertz { start = 0.05, at = 3 } -- expect error: roi.curve.gompertz: reach is missing; write roi.curve.gompertz(t, { start = 0.05, reach = 0.9, at = 18 })
---- a misspelt field
local s = roi.curve.logistic(t, { strat = 0.05, reach = 0.9, at = 3 }) -- expect error: roi.curve.logistic: unknown option 'strat'; did you mean 'start'?
---- no table
local s = roi.curve.ramp(t, 3, 7) -- expect error: roi.curve.ramp takes a time and one table: roi.curve.ramp(t, { before = 0.2, from = 3, periods = 4, to = 0.85 })
---- a list for a time
local s = roi.curve.ramp({ 1, 2 }, { from = 3, periods = 4, to = 1 }) -- expect error: roi.curve.ramp: t must be a time, such as model.time, not a table
---- a ramp without an end
local s = roi.curve.ramp { from = 3, to = 0.85 } -- expect error: roi.curve.ramp: say how long it takes, periods = 4, or when it ends, till = 7
---- a ramp with two ends
local s = roi.curve.ramp { from = 3, periods = 2, till = 5, to = 0.85 } -- expect error: or when it ends, till = 7, not both
---- a ramp of no length
local s = roi.curve.ramp { from = 3, periods = 0, to = 0.85 } -- expect error: roi.curve.ramp: periods 0 must be above 0
---- a ramp that ends before it begins
local s = roi.curve.ramp { from = 3, till = 3, to = 0.85 } -- expect error: roi.curve.ramp: till 3 must be after from 3 (for a jump write roi.curve.step)
---- a curve before the model
local roi = require "roisim"
local s = roi.curve.ramp { from = 3, till = 5, to = 0.85 } -- expect error: roi.curve.ramp before roi.model { ... }: the horizon is not known yet
---- steps that fall back in time
local s = roi.curve.step { { 3, 1 }, { 2, 5 } } -- expect error: roi.curve.step: times must rise, but point 2 at 2 follows 3
---- a point that is no pair
local s = roi.curve.step { { 3, 1 }, 5 } -- expect error: roi.curve.step: point 2 is { time, value }, not 5; write roi.curve.step(t, { { 0, 0.1 }
---- a point of three
local s = roi.curve.piecewise { { 3, 1, 2 } } -- expect error: roi.curve.piecewise: point 1 is { time, value }, not a list of 3
---- no points
local s = roi.curve.piecewise {} -- expect error: roi.curve.piecewise: no points; write roi.curve.piecewise(t, { { 0, 0.1 }
---- a value that is no number
local s = roi.curve.piecewise { { 3, "1" } } -- expect error: roi.curve.piecewise: the value of point 1 must be a number or an uncertain number, not the text '1'
---- a gap in the points
local s = roi.curve.step { { 1, 2 }, [5] = { 5, 3 } } -- expect error: roi.curve.step: the list has gaps
---- an option that steps don't have
local s = roi.curve.step { after = 1, { 1, 2 } } -- expect error: roi.curve.step: unknown option 'after'
---- a column that is not there
local s = roi.curve.csv { file = "data/adoption.csv", column = "shares" } -- expect error: roi.curve.csv: data/adoption.csv has no column 'shares'; did you mean 'share'?
---- no column
local s = roi.curve.csv { file = "data/adoption.csv" } -- expect error: roi.curve.csv: column is missing: data/adoption.csv has month, share, note
---- a column of words
local s = roi.curve.csv { file = "data/adoption.csv", column = "note" } -- expect error: roi.curve.csv: data/adoption.csv, row 2, column 3: 'a' is not a number
---- a column beyond the last
local s = roi.curve.csv { file = "data/adoption.csv", column = 4 } -- expect error: roi.curve.csv: column 4 must be a whole number from 1 to 3, the columns of data/adoption.csv
---- names where there are none
local s = roi.curve.csv { file = "data/levels.csv", column = "share" } -- expect error: roi.curve.csv: column 'share': the first line of data/levels.csv has no names; give the column's number
---- decimal commas
local s = roi.curve.csv { file = "data/adoption_decimals.csv", column = "share" } -- expect error: roi.curve.csv: data/adoption_decimals.csv, row 2, column 2: '0,1' is not a number; decimals have a point
---- times that stand still
local s = roi.curve.csv { file = "data/adoption_order.csv", column = "share", time = "month" } -- expect error: roi.curve.csv: data/adoption_order.csv, row 3: times must rise, but 2 follows 2
---- an empty cell
local s = roi.curve.csv { file = "data/adoption_gap.csv", column = "share" } -- expect error: roi.curve.csv: data/adoption_gap.csv, row 2, column 2: a number is missing
---- a curve of a file with text after a closing quote
local s = roi.curve.csv { file = "data/quoted_badly.csv", column = 2, time = 1, hold = true } -- expect error: data/quoted_badly.csv, row 2: text after a closing quote, '5': a quote within a cell is doubled
---- no file
local s = roi.curve.csv { column = "share" } -- expect error: roi.curve.csv: file must be the name of a file, not nil
---- a file that is not there
local s = roi.curve.csv { file = "nowhere.csv", column = "share" } -- expect error: nowhere.csv
