-- The single risk-adjusted return that consultants quote, beside the simulated range. A piece of lua/roisim.lua, loaded at the first call
-- of model:usual_method.
--
-- REFERENCE  Forrester, The Total Economic Impact methodology, as its published studies describe it: benefits are lowered and costs
--            raised by risk factors, each the mean of a triangular distribution of (low, most likely, high) per cent of the best guess;
--            three years; costs of the initial column are not discounted, those of the years at their end, at 10%; ROI is net benefits
--            over costs, both in present value. Best guesses are taken here as every input at its median.
return function(native, helpers)

local type, ipairs, huge = type, ipairs, math.huge
local format = string.format
local failf, check_options, is_whole, describe = helpers.failf, helpers.check_options, helpers.is_whole, native.describe

local example = "model:usual_method { benefits = { 0.8, 0.95, 1 }, costs = { 1, 1.05, 1.2 } }"

-- The mean of a triangular factor { low, most likely, high }.
local function factor(field, triangle, default)
  if triangle == nil then triangle = default end
  if type(triangle) ~= "table" or #triangle ~= 3 then
    failf("model:usual_method: %s must be { low, most likely, high } factors, not %s; write %s", field, describe(triangle), example)
  end
  local sum = 0
  for i = 1, 3 do
    local v = triangle[i]
    if type(v) ~= "number" or not (v >= 0 and v < huge) or i > 1 and v < triangle[i - 1] then
      failf("model:usual_method: the factors of %s must be plain numbers that rise, from 0, such as { 0.8, 0.95, 1 }; number %d is %s",
        field, i, describe(v))
    end
    if v > 5 then failf("model:usual_method: a factor of %g is %g%%: 95%% is written 0.95", v, v * 100) end
    sum = sum + v
  end
  helpers.whole_list("model:usual_method: " .. field, triangle)
  return sum / 3
end

local piece = {}

-- model:usual_method { benefits = { 0.8, 0.95, 1 }, costs = { 1, 1.05, 1.2 }, years = 3, rate = 0.10 }
function piece.usual_method(root, spec)
  local what = "model:usual_method"
  if root.usual then failf("%s was called already%s", what, helpers.at_line(", on line %d", root.usual.line)) end
  if spec ~= nil and type(spec) ~= "table" then failf("%s takes a table, not %s; write %s", what, describe(spec), example) end
  spec = spec or {}
  spec = check_options(what, spec, { "benefits", "costs", "years", "rate" })
  local years, rate = spec.years == nil and 3 or spec.years, spec.rate == nil and 0.10 or spec.rate
  if not is_whole(years, 1, 100) then failf("%s: years must be a whole number from 1, not %s", what, describe(years)) end
  if type(rate) ~= "number" or not (rate > -1 and rate <= 100) then
    failf("%s: rate must be a plain number a year, such as 0.10, not %s", what, describe(rate))
  end
  if years * root.per_year > root.model.horizon then
    local whole = root.model.horizon // root.per_year
    failf("%s: %d years are %d %ss, and the horizon is %d: make it longer%s", what, years, years * root.per_year,
      root.model.period, root.model.horizon, whole > 0 and format(", or give years = %d", whole) or "")
  end
  local file, line = native.place()
  root.usual = { file = file, line = line or 0, years = years, rate = rate, benefit = factor("benefits", spec.benefits, { 0.8, 0.95, 1 }),
    cost = factor("costs", spec.costs, { 1, 1.05, 1.2 }) }
end

-- Present values of one side by the method: period 0 as it is, each year's sum at its end.
local function present(root, kind_is_benefit)
  local m, n, sum = root.usual, root.per_year, native.time(0) * 0
  for _, r in ipairs(root:results().rows) do
    if (r.kind == "benefit") == kind_is_benefit then sum = sum + r.series end
  end
  local so_far = native.cumsum(sum)
  local pv = so_far[0]
  for y = 1, m.years do pv = pv + (so_far[y * n] - so_far[(y - 1) * n]) / (1 + m.rate)^y end
  return pv
end

-- The table of the report.
function piece.sheet(root)
  local m = root.usual
  native.stand_at(m.file, m.line)
  local benefits, costs = present(root, true) * m.benefit, present(root, false) * m.cost
  local usual = native.state((benefits - costs) / costs, native.max(costs, 0))
  local roi = root:results().roi
  local function column(key, title) return { key = key, title = title, kind = "share" } end
  native.add_sheet("usual_method", "By the usual method",
    format("usual: benefits x %.4g, costs x %.4g, %d years at %g%%, the initial column undiscounted, every input at its median. At or "
      .. "below it: the share of trials whose roi is.", m.benefit, m.cost, m.years, m.rate * 100),
    { { key = "name", title = "", kind = "text" }, column("usual", "usual"), column("mean", "simulated"), column("p5", "P5"),
      column("median", "P50"), column("p95", "P95"), column("rank", "at or below") },
    { { "roi", { stat = "at_median", a = usual }, { stat = "mean", a = roi }, { stat = "quantile", a = roi, level = 0.05 },
        { stat = "quantile", a = roi, level = 0.5 }, { stat = "quantile", a = roi, level = 0.95 }, { stat = "rank", a = roi, b = usual } } })
  native.stand_at()
end

return piece
end
