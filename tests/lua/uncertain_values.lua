---- scalars: `one` is drawn, so nothing folds, and is 1 in every trial
local one = roi.uniform(1, 1)
local o = model.outputs
o.ok_arithmetic = roi.eq((one * 7 + 3 - 2) / 4, 2)
o.ok_power = roi.eq((one + 1) ^ 10 % 1000, 24)
o.ok_floor = roi.all(roi.eq(-7 * one // 2, -4), roi.eq(-7 * one % 3, 2), roi.eq(-one, -1))
o.ok_functions = roi.lt(roi.abs(roi.exp(one) - math.exp(1)) + roi.abs(roi.log(2 * one, 2) - 1), 1e-15)
o.ok_rounding = roi.all(roi.eq(roi.round(2.5 * one), 3), roi.eq(roi.ceil(1.2 * one), 2), roi.eq(roi.floor(-1.2 * one), -2))
o.ok_min = roi.eq(roi.min(3, one, 2), 1)
o.ok_max = roi.eq(roi.max(one, 5, one * 7), 7)
o.ok_clamp = roi.all(roi.eq(roi.clamp(one * 9, 0, 3), 3), roi.eq(roi.clamp(-one, 0, 3), 0))
o.ok_where = roi.eq(roi.where(roi.gt(one, 0), 5, 6) + roi.where(roi.no(one), 5, 6), 11)
o.ok_any = roi.all(roi.any(roi.lt(one, 0), roi.ge(one, 1)), roi.no(roi.any(0, roi.ne(one, 1))), roi.le(one, 1))
o.ok_interp = roi.eq(roi.interp(one * 1.5, { 0, 1, 2 }, { 0, 10, 30 }), 20)
o.ok_list = roi.eq(roi.sum { one, 2, 3 * one } + roi.max_over { one, 4 } + roi.last { 1, one }, 11)
o.ok_mean = roi.eq(roi.mean { one, 3 } + roi.cumsum { one, 2 }[2] + roi.first { 0, one, 1 }, 7)
o.ok_irr = roi.lt(roi.abs(roi.irr { -100 * one, 39, 59, 55, 20 } - 0.2809484211599611), 1e-12)
o.ok_npv = roi.eq(roi.npv(one, { 2 ^ 20, 2 ^ 20 * one, 2 ^ 20 }), 917504)
return model
---- series
local one = roi.uniform(1, 1)
local o, s = model.outputs, one * t
o.ok_reductions = roi.all(roi.eq(roi.sum(s), 78), roi.eq(roi.mean(s), 6.5), roi.eq(roi.last(s), 12))
o.ok_extremes = roi.all(roi.eq(roi.max_over(10 - s), 9), roi.eq(roi.min_over(s), 1), roi.eq(roi.first(roi.gt(s, 4)), 5))
o.ok_period = roi.all(roi.eq(s[7], 7), roi.eq(s[0], 0), roi.eq((s + roi.at(0, one * 4))[0], 4))
o.ok_scans = roi.all(roi.eq(roi.cumsum(s)[4], 10), roi.eq(roi.cumprod(s)[5], 120), roi.eq(roi.diff(s * s)[4], 7))
o.ok_diff_start = roi.eq(roi.diff(s)[1], 1)
o.ok_lag = roi.all(roi.eq(roi.lag(s, 2)[2], 0), roi.eq(roi.lag(s, 2)[5], 3), roi.eq(roi.lag(s)[12], 11))
o.ok_series = roi.all(roi.eq(roi.series { one, 2, one * 3 }[3], 3), roi.eq(roi.sum(roi.series { one, 2 }), 3))
o.ok_broadcast = roi.eq(roi.sum(roi.at(0, one * 5) + one), 18) -- periods 0 to 12
o.ok_recur = roi.eq(roi.recur(one, function(prev, p) return prev * 2 + 0 * p end)[10], 1024)
o.ok_discount = roi.eq(roi.sum(roi.discount(roi.at(0, 5) + roi.at(1, 22 * one), 1)), 16)
o.ok_npv = roi.eq(roi.npv(one, roi.at(0, 5) + roi.at(2, 8)), 7)
o.ok_interp = roi.eq(roi.interp(s, { 1, 12 }, { 0, 11 })[7], 6)
o.ok_where = roi.eq(roi.sum(roi.where(roi.le(s, 3), s, 0)), 6)
o.ok_curve = roi.lt(roi.abs(roi.curve.logistic(t, one, 6)[8] - 1 / (1 + math.exp(-2))), 1e-15)
return model
---- an uncertain period
local two = roi.uniform(2, 2)
local o = model.outputs
o.ok_place = roi.all(roi.eq(roi.at(two, 7)[2], 7), roi.eq(roi.sum(roi.at(two, 7)), 7))
o.ok_rounded_up = roi.eq(roi.at(two + 0.1, 7)[3], 7)
o.ok_beyond = roi.eq(roi.sum(roi.at(two * 7, 7)), 0)
o.ok_last = roi.eq(roi.at(two * 6, 7)[12], 7)
o.ok_never = roi.eq(roi.sum(roi.at(roi.first(roi.gt(t * two, 100)), 7)), 0)
o.ok_never_later = roi.gt(roi.first(roi.gt(t * two, 100)) + 5, 1e300)
o.ok_never_compares = roi.gt(roi.first(roi.gt(t * two, 100)), 12)
o.ok_one_period = roi.eq(roi.sum(roi.where(roi.eq(t, two), t * 10, 0)), 20)
return model
---- how often a number falls
local roi = require "roisim"
local model = roi.model { horizon = 36, period = "month" }
local one = roi.uniform(1, 1)
model:benefit("monthly", one, { every = "month" })
model:benefit("quarterly", 100 * one, { every = "quarter" })
model:benefit("yearly", 10000 * one, { every = "year" })
model:cost("weekly", 0 * one, { every = "week" })
model.outputs.ok_total = roi.eq(model.pv_benefit, 36 + 1200 + 30000)
return model
---- how often in weeks: the k-th month ends in week ceil(52 k / 12)
local roi = require "roisim"
local model = roi.model { horizon = 13, period = "week" }
local one = roi.uniform(1, 1)
model:benefit("monthly", one, { every = "month" })
model:cost("quarterly", one, { every = "quarter" })
model.outputs.ok_months = roi.eq(model.pv_benefit, 3)
model.outputs.ok_quarter = roi.eq(model.pv_cost, 1)
model.outputs.ok_payback = roi.eq(model.peak_funding, 0)
return model
---- how often in months: a week's cost is 52/12 of it a month
local one = roi.uniform(1, 1)
model:cost("weekly", 12 * one, { every = "week" })
model.outputs.ok_total = roi.lt(roi.abs(model.pv_cost - 12 * 52), 1e-9)
return model
---- standard outputs of -100 now and 60 a year for three years
local roi = require "roisim"
local model = roi.model { horizon = 3, period = "year", discount_rate = 0.1 }
local one = roi.uniform(1, 1)
model:cost("setup", roi.at(0, 100 * one))
model:benefit("gain", 60 * one, { every = "year" })
local o = model.outputs
local function near(a, b) return roi.lt(roi.abs(a - b), 1e-9) end
o.ok_npv = near(model.npv, 49.211119459053304)
o.ok_roi = near(model.roi, 0.492111194590533)
o.ok_bcr = near(model.bcr, 1.492111194590533)
o.ok_payback = roi.eq(model.payback, 2)
o.ok_discounted_payback = roi.eq(model.discounted_payback, 2)
o.ok_irr = near(model.irr, 0.3630965394751765)
o.ok_peak = roi.eq(model.peak_funding, 100)
o.ok_sides = roi.all(near(model.pv_benefit, 149.2111194590533), roi.eq(model.pv_cost, 100))
return model
---- irr is a year's rate, an uncertain discount rate is a year's too
local roi = require "roisim"
local model = roi.model { horizon = 12, period = "month" }
local x = model.inputs
x.rate = roi.uniform(0.21, 0.21)
model.discount_rate = x.rate
model:cost("setup", roi.at(0, 100))
model:benefit("gain", roi.at(6, 121 * roi.uniform(1, 1)))
model.outputs.ok_irr = roi.lt(roi.abs(model.irr - 0.4641), 1e-9)
model.outputs.ok_pv = roi.lt(roi.abs(model.pv_benefit - 110), 1e-9)
return model
---- a risk is a cost that occurs at most once
local roi = require "roisim"
local model = roi.model { horizon = 12, period = "month" }
model:benefit("gain", roi.at(0, roi.uniform(1, 1)))
model:risk("sure", { probability = 1, loss = 50, at = 3 })
model:risk("never", { probability = 0, loss = roi.uniform(9, 10), at = 3 })
model:risk("late", { probability = 1, loss = 50, at = 13 }) -- expect warning: risk 'late' falls in month 13
model.outputs.ok_cost = roi.eq(model.pv_cost, 50)
model.outputs.ok_occurs = roi.eq(model.npv, -49)
return model
---- draws anew in each period
local s = roi.each_period(roi.normal(0, 1))
model.outputs.ok_differ = roi.all(roi.ne(s[1], s[2]), roi.ne(s[2], s[3]), roi.eq(s[0], 0))
local walk = roi.each_period(roi.uniform(t, t))
model.outputs.ok_by_period = roi.eq(roi.sum(walk), 78)
return model
---- every distribution, by position, by name, by quantiles, by moments
local o = model.outputs
local function inside(d, low, high)
  local v = d + 0
  return roi.all(roi.ge(v, low), roi.le(v, high))
end
local inf = math.huge
o.ok_normal = inside(roi.normal { mean = 0, sd = 1 }, -9, 9)
o.ok_lognormal = inside(roi.lognormal { p5 = 18, p95 = 30 }, 5, 100)
o.ok_uniform = inside(roi.uniform { min = 2, max = 3 }, 2, 3)
o.ok_triangular = inside(roi.triangular { min = 1, mode = 2, max = 3 }, 1, 3)
o.ok_pert = roi.all(inside(roi.pert(1, 2, 3), 1, 3), inside(roi.pert { min = 1, mode = 2, max = 3, lambda = 2 }, 1, 3))
o.ok_beta = inside(roi.beta { mean = 0.3, sd = 0.1 }, 0, 1)
o.ok_gamma = inside(roi.gamma { p10 = 1, p90 = 5 }, 0, inf)
o.ok_exponential = inside(roi.exponential(2), 0, inf)
o.ok_weibull = inside(roi.weibull { p25 = 1, p75 = 2 }, 0, inf)
o.ok_logistic = inside(roi.logistic { mean = 0, sd = 1 }, -99, 99)
o.ok_gumbel = inside(roi.gumbel { ["p2.5"] = 1, p95 = 3 }, -99, 99)
o.ok_pareto = inside(roi.pareto { shape = 2, scale = 5 }, 5, inf)
o.ok_student = inside(roi.student_t { df = 3, scale = 2 }, -1e6, 1e6)
o.ok_student_alone = inside(roi.student_t(3), -1e6, 1e6)
o.ok_bernoulli = inside(roi.bernoulli(0.5), 0, 1)
o.ok_binomial = inside(roi.binomial(10, 0.5), 0, 10)
o.ok_poisson = inside(roi.poisson { mean = 3 }, 0, 99)
o.ok_geometric = inside(roi.geometric(0.5), 1, 99)
o.ok_negative_binomial = inside(roi.negative_binomial { r = 2, p = 0.5 }, 0, 99)
o.ok_discrete = inside(roi.discrete { { 1, 3 }, { 5, 1 } }, 1, 5)
o.ok_empirical = inside(roi.empirical { 3, 1, 2 }, 1, 3)
o.ok_metalog = inside(roi.metalog { p10 = 1, p50 = 2, p90 = 4, min = 0 }, 0, inf)
o.ok_between = roi.all(inside(roi.between(1, 5), 0, inf), inside(roi.between(-1, 5), -99, 99))
o.ok_share = inside(roi.share(0.1, 0.4), 0, 1)
o.ok_truncate = inside(roi.normal(0, 1):truncate(0, 2), 0, 2)
o.ok_half = inside(roi.normal(0, 1):truncate(0), 0, 99)
o.ok_clamp = inside(roi.normal(0, 1):clamp(nil, 0), -99, 0)
o.ok_mixture = inside(roi.mixture { { 0.3, roi.uniform(0, 1) }, { 0.7, roi.uniform(5, 6) } }, 0, 6)
return model
---- uncertain parameters
local two = roi.uniform(2, 2)
local o = model.outputs
local function inside(d, low, high)
  local v = d + 0
  return roi.all(roi.ge(v, low), roi.le(v, high))
end
o.ok_uniform = roi.eq(roi.uniform(two, 2), 2)
o.ok_lognormal = inside(roi.lognormal { p5 = two, p95 = two * 4 }, 0, 1000)
o.ok_beta = inside(roi.beta(two, 3), 0, 1)
o.ok_normal = roi.eq(roi.normal { mean = two, sd = 0 }, 2)
o.ok_truncate = inside(roi.normal(0, 1):truncate(two, two + 1), 2, 3)
o.ok_clamp = inside(roi.normal(0, 1):clamp(-two, two), -2, 2)
o.ok_mixture = inside(roi.mixture { { two, roi.uniform(0, two) }, { 1, roi.uniform(5, 6) } }, 0, 6)
o.ok_binomial = inside(roi.binomial(two * 5, 0.5), 0, 10)
o.ok_discrete = inside(roi.discrete { { two, 1 }, { 5, two } }, 2, 5)
return model
---- functions run each trial
x.n = roi.discrete { { 3, 1 }, { 5, 1 } }
local s = roi.uniform(1, 1) * t
local y = roi.per_trial("triangle", function(rng, n, flow, k)
  local sum = 0
  for i = 1, n do sum = sum + flow[i] * k end
  local u = rng:uniform()
  return u > 0 and u < 1 and sum or -1
end, x.n, s, 2)
model.outputs.ok_triangle = roi.eq(y, x.n * (x.n + 1))
return model
---- a distribution made inside a function run each trial
x.n = roi.discrete { { 3, 1 }, { 5, 1 } }
local y = roi.per_trial("inside", function(rng, n)
  local ok = true
  for i = 1, n do
    local v = rng:draw(roi.uniform(i, i + 1):truncate(i + 0.25, nil))
    local w = rng:draw(roi.mixture { { 1, roi.empirical { n, n + 1 } }, { 1, roi.uniform(-n, 0) } })
    ok = ok and v >= i + 0.25 and v <= i + 1 and (w == n or w == n + 1 or w > -n and w < 0)
  end
  return ok and 1 or 0
end, x.n)
model.outputs.ok_inside = y
return model
---- an uncertain value made inside a function run each trial
local y = roi.per_trial("inside", function(rng)
  return roi.normal(0, 1) + 1 -- expect error: the model is complete
end)
model.outputs.y = y
return model
---- shapes near zero: nearly all at 0, and no endless search
x.a, x.b, x.u = roi.gamma(1e-300, 1), roi.beta(1e-300, 1), roi.uniform(0.5, 1)
model.outputs.ok_gamma, model.outputs.ok_beta = roi.eq(x.a, 0), roi.eq(x.b, 0)
model.outputs.ok_uncertain = roi.eq(roi.gamma(x.u * 1e-300, 1), 0)
return model
---- when a risk comes is an input of its own
model:benefit("sales", 1, { every = "month" })
model:risk("leak", { probability = 1, loss = 50, at = roi.uniform(2, 3) })
return model -- args: --prob 'leak.at > 2 and leak.at < 3 and net[3] == -49'
-- expect: P(leak.at > 2 and leak.at < 3 and net[3] == -49) 100% (at least 83.9%)
---- when a risk comes can be set
model:risk("leak", { probability = 1, loss = 50, at = roi.uniform(20, 30) })
model.outputs.ok_set = roi.eq(model.npv, -50)
return model -- args: --set leak.at=4
---- a draw keeps its own name, and a name that is taken stays with whose it is
x.when = roi.uniform(2, 3)
x["loss.at"] = roi.uniform(5, 6)
local later = roi.clamp(roi.uniform(7, 8):name("flood.at"), 7, 8)
model:risk("leak", { probability = 1, loss = 50, at = x.when })
model:risk("fire", { probability = 1, loss = 50, at = roi.uniform(2, 3):name("fire.time") })
model:risk("loss", { probability = 1, loss = 50, at = roi.uniform(2, 3) })
model:risk("flood", { probability = 1, loss = 50, at = roi.uniform(2, 3) })
model.outputs.ok_all = roi.le(model.npv + x["loss.at"] + later, -185)
return model
---- a coroutine may leave and come back in the middle of a recurrence
local step = coroutine.wrap(function()
  local s = roi.recur(roi.uniform(1, 1), function(prev, p)
    coroutine.yield(p)
    return prev * 2
  end)
  coroutine.yield(roi.sum(s))
end)
for p = 1, 12 do assert(step() == p) end
model.outputs.ok_sum = roi.eq(step(), 8190)
return model
---- a list that a library returns is a list like any other
local flow, again, same = require "data.flow", require "data.flow_again", { -100, 60, 61 }
print(roi.irr(flow) == roi.irr(same), roi.irr(again) == roi.irr(same), roi.interp(1.5, require "data.rising", again)) -- expect: true true -20.0
print(roi.npv(0.1, flow) == roi.npv(0.1, same)) -- expect: true
model.outputs.ok_series = roi.eq(roi.sum(roi.series(flow)), 21)
local d, e = roi.discrete(require "data.outcomes"), roi.empirical(again)
model.outputs.ok_discrete = roi.any(roi.eq(d, 0), roi.eq(d, 10))
model.outputs.ok_empirical = roi.any(roi.eq(e, -100), roi.eq(e, 60), roi.eq(e, 61))
model.outputs.ok_mixture = roi.le(roi.mixture(require "data.blend"), 2)
model.outputs.ok_named = roi.gt(roi.normal(require "data.moments"), 0)
return model
---- words of roisim that are first used in a trial
local inside = roi.per_trial("inside", function() return roi.curve.wright(8, { first = 1, rate = 0.2 }) end)
model.outputs.ok = roi.lt(roi.abs(inside - 0.8^3), 1e-12)
return model
