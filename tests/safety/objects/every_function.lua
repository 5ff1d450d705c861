-- expect status: 1
-- expect error: every_function.lua:36: every call came back
-- args: --script-time 20
-- Every function that the library hands out, called with whatever there is. What comes of it does not matter, only that it comes back.
local roi = require "roisim"
local model = roi.model { name = "calls", horizon = 3 }
local nan, n = 0 / 0, 0
local values = { nan, 1 / 0, -1, 0, 2.5, math.mininteger, 1e308, "", "x", "a.b", true, {}, { 1, 2 }, { name = "x" }, { nan, roi },
  function() return nan end, coroutine.create(print), roi.normal(0, 1), roi.recur(1, function(x) return x * 2 end),
  roi, model, model.inputs, setmetatable({}, { __index = function(_, k) return ({ 1, 2, 3 })[k] end, __len = function() return 3 end }) }
local functions = {}
local names = [[
  at series recur each_period normal lognormal uniform triangular pert beta gamma exponential weibull logistic gumbel pareto student_t
  bernoulli binomial poisson geometric negative_binomial discrete empirical metalog between share mixture abs floor ceil round sqrt exp log
  expm1 sin cos tan tanh atan sigmoid normal_cdf normal_quantile log1p log10 pow min max clamp lt le gt ge eq ne all any no where interp sum
  mean last max_over min_over first irr cumsum cumprod diff lag npv discount delayed data per_trial model expect]]
for name in names:gmatch("%S+") do
  if pcall(function() return roi[name] end) then functions[#functions + 1] = roi[name] end
end
for name in ("logistic gompertz bass ramp step piecewise csv wright learning data_quality"):gmatch("%S+") do
  functions[#functions + 1] = roi.curve[name]
end
for name in ("mean_reversion random_walk geometric_walk jump"):gmatch("%S+") do functions[#functions + 1] = roi.process[name] end
for _, f in ipairs(functions) do
  pcall(f)
  for i = 1, #values do
    pcall(f, values[i])
    for k = 1, #values, 2 do
      pcall(f, values[i], values[k])
      pcall(f, values[k], values[i], values[i])
      n = n + 2
    end
  end
end
assert(#functions > 40 and n > 20000, #functions .. " " .. n)
error("every call came back")
