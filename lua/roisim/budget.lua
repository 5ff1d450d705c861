-- Budgets: a ceiling for what is spent, over the whole horizon or in each year, quarter, month or week. A piece of lua/roisim.lua,
-- loaded at the first call of model:budget.
--
-- What is spent are the cost flows of the model and its use cases, undiscounted, as they fall due; losses of risks and what is sunk
-- do not count. An overrun is what was spent above the ceiling, added up over the spans that it holds for.
return function(native, helpers)

local type, ipairs, huge = type, ipairs, math.huge
local format = string.format
local failf, word, check_options, check_number = helpers.failf, helpers.word, helpers.check_options, helpers.check_number
local parts, shape, describe, place = helpers.parts, native.shape, native.describe, native.place

local example = "model:budget(\"AI\", { ceiling = 250000, every = \"year\", alert = 0.8 })"
local not_negative = { holds = function(v) return v >= 0 and v < huge end, says = "0 or more" }
local share = { holds = function(v) return v > 0 and v <= 1 end, says = "above 0 and at most 1 (80% is written 0.8)" }

-- The last period of each span of `every`; period 0 belongs to the first.
local function spans(what, model, every)
  if every == nil then return { model.horizon } end
  local a_year = parts.a_year
  if not a_year[every] then
    failf("%s: every = %s must be \"week\", \"month\", \"quarter\" or \"year\"%s", what, describe(every),
      native.suggest(word(every), parts.periods))
  end
  local length = a_year[model.period] / a_year[every] -- periods to a span
  if length < 1 then failf("%s: a %s is shorter than the model's %s", what, every, model.period) end
  local ends, k = {}, 1
  repeat
    ends[k] = -(-k * a_year[model.period] // a_year[every])
    k = k + 1
  until ends[k - 1] >= model.horizon
  ends[#ends] = model.horizon
  return ends
end

local function read_ceilings(what, ceiling, n)
  if ceiling == nil then failf("%s: ceiling is missing; write %s", what, example) end
  if type(ceiling) ~= "table" then
    ceiling = check_number(what, "ceiling", ceiling, not_negative)
    local list = {}
    for k = 1, n do list[k] = ceiling end
    return list
  end
  if #ceiling ~= n then failf("%s: %d ceilings for %d spans within the horizon", what, #ceiling, n) end
  local list = helpers.whole_list(what .. ": ceiling", ceiling)
  for k, c in ipairs(list) do list[k] = check_number(what, format("ceiling %d", k), c, not_negative) end
  return list
end

local function check_categories(what, list)
  if list == nil then return nil end
  if type(list) == "string" then list = { list } end
  if type(list) ~= "table" or #list == 0 then failf("%s: category must be a category of costs or a list of them, not %s", what, describe(list)) end
  local wanted = {}
  for _, c in ipairs(helpers.whole_list(what .. ": category", list)) do wanted[helpers.piece("category")(what, c)] = true end
  return wanted
end

-- What a budget counts of some rows of flows (Part:counted), as a series from period 0.
local function spending(budget, rows)
  local sum = native.time(0) * 0
  for _, r in ipairs(rows) do
    if r.kind == "cost" and r.name ~= "tax" and (not budget.categories or r.flow and budget.categories[r.flow.category]) then
      sum = sum + r.series
    end
  end
  return sum
end

-- What was spent in each span, as a list; and so far in the span that each period lies in, as a series.
local function by_span(budget, spent)
  local so_far = native.cumsum(spent)
  local totals, earlier, from, before = {}, {}, 0, 0
  for k, last in ipairs(budget.ends) do
    totals[k] = so_far[last] - before
    for p = from + 1, last do earlier[p] = before end -- what was spent before the span of period p
    from, before = last, so_far[last]
  end
  return totals, so_far - native.series(earlier)
end

-- The ceiling in each period, a series from period 0.
local function ceiling_series(budget)
  local list, from = {}, 0
  for k, last in ipairs(budget.ends) do
    for p = from + 1, last do list[p] = budget.ceilings[k] end
    from = last
  end
  return native.at(0, budget.ceilings[1]) + native.series(list)
end

local function evaluate(budget, root)
  native.stand_at(budget.file, budget.line)
  local totals, within = by_span(budget, spending(budget, root:results().rows))
  local limit, over = ceiling_series(budget), 0
  budget.spent = 0.0
  for k, spent in ipairs(totals) do
    budget.spent = budget.spent + spent
    over = over + native.max(spent - budget.ceilings[k], 0)
  end
  budget.over, budget.is_over = over, native.compare("gt", over, 0)
  budget.first_over = native.first(native.compare("gt", within, limit))
  budget.first_alert = native.first(native.compare("all", native.compare("ge", within, limit * budget.alert), native.compare("gt", within, 0)))
  native.add_label(budget.name .. ".spent", budget.spent)
  native.add_label(budget.name .. ".overrun", over)
  native.stand_at()
end

local piece = { spending = spending, by_span = by_span }

-- model:budget(name, { ceiling =, every =, alert = 0.8, category = })
function piece.budget(root, name, spec)
  if type(name) ~= "string" or name == "" then failf("model:budget(name, { ceiling = }): the name must be a text, not %s", describe(name)) end
  helpers.check_length("budget", name)
  local what = format("budget '%s'", name)
  for _, other in ipairs(root.budgets) do
    if other.name == name then failf("%s: a budget of that name %s; names must differ", what, helpers.stands(other.line)) end
  end
  if type(spec) ~= "table" then failf("%s takes a table, not %s; write %s", what, describe(spec), example) end
  spec = check_options(what, spec, { "ceiling", "every", "alert", "category" })
  local file, line = place()
  local budget = { name = name, file = file, line = line or 0, every = spec.every, horizon = root.model.horizon,
    ends = spans(what, root.model, spec.every), categories = check_categories(what, spec.category) }
  budget.ceilings = read_ceilings(what, spec.ceiling, #budget.ends)
  budget.alert = spec.alert == nil and 0.8 or check_number(what, "alert", spec.alert, share)
  if type(budget.alert) ~= "number" then failf("%s: alert must be a plain share, such as 0.8, not %s", what, describe(budget.alert)) end
  root.budgets[#root.budgets + 1] = budget
  budget.evaluate = function() evaluate(budget, root) end
end

return piece
end
