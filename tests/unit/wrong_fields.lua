-- Feeds every field of the tables that calls take, and every argument of the library's functions, as lua/annotations/roisim.lua lists
-- them, what they can't be: false, a table, an empty text, a function, nan, an infinity, numbers of every size, nothing. Each must be
-- refused by a message that has the script's line and names the field and the value, or be allowed below. Run by
-- tests/unit/wrong_fields_test.c with the native functions as its argument and a function `fresh(text)`, which runs a script of its own;
-- returns what is wrong, one a line.
local native, fresh = ...
local problems = {}

local function complain(...) problems[#problems + 1] = string.format(...) end

local huge = math.huge
local function f() end

-- How a script writes it, the value, and what a message may call it; of a table, which may be right but lack something, and of nothing
-- the field alone must be named.
local wrong = {
  { "false", false, { "false" } }, { "true", true, { "true" } }, { "{}", {} }, { "''", "", { "''", '""', "empty" } },
  { "'x'", "x", { "'x'", '"x"' } }, { "function() end", f, { "a function" } }, { "0/0", 0 / 0, { "nan", "not a number" } },
  { "1/0", huge, { "inf", "never" } }, { "-1/0", -huge, { "-inf", "minus infinite" } }, { "-1", -1, { "-1" } },
  { "0", 0, { " 0" } },
  { "1e308", 1e308, { "1e+308", "1e308", "1000000000" } }, { "nil" },
}

-- What is allowed, by class or function: a period may be never, and be computed to lie before the decision; plain conditions are
-- booleans; weights that are none are refused at the end of the script; what is expected of a plain value may be anything. Texts may
-- be any but empty, booleans true or false, optional fields nil, and numbers 0 unless they are refused.
local allowed = {}
local function allow(value, list)
  allowed[value] = {}
  for key in list:gmatch("%S+") do allowed[value][key] = true end
end
allow("false", "Stair.when Expectation.equal roi.where.condition")
allow("true", "Stair.when Expectation.equal roi.where.condition")
allow("{}", "AiUsage.spread Connectors.spread CostOptions.spread Seats.spread Steps.spread Training.spread Usage.spread Expectation.equal "
  .. "Pilot.reads UseCaseFields.sources")
allow("''", "Expectation.equal")
allow("'x'", "Expectation.equal Kpi.baseline")
allow("function() end", "Expectation.equal")
allow("0/0", "Expectation.equal")
allow("1/0", "Abandonment.at ConnectorStage.at Dip.from Expectation.of Expectation.equal Kpi.value PriceShock.at Ramp.from RiskFields.at Stair.at "
  .. "Stair.when Training.at roi.at.period roi.at.value roi.curve.bass.t roi.curve.gompertz.t roi.curve.logistic.t roi.delayed.periods")
allow("-1/0", "Expectation.equal Stair.when roi.at.value roi.curve.bass.t roi.curve.gompertz.t roi.curve.logistic.t")
allow("-1", "Acquisition.margin Ar1.mean Ar1.start ByStage.assisted ByStage.autonomous ByStage.person Conversion.lift Conversion.margin "
  .. "ErrorsAvoided.cut Expectation.at_least Expectation.equal Expectation.mean Expectation.median Expectation.of Expectation.p1 "
  .. "Expectation.p10 Expectation.p25 Expectation.p5 Expectation.p50 Expectation.p75 Expectation.p90 Expectation.p95 Expectation.p99 "
  .. "FasterCycle.cut FeesReplaced.share FreeHours.hours FreeHours.minutes GeometricWalk.start Jump.size Kpi.baseline "
  .. "Kpi.target Kpi.value LearningCurve.start LearningCurve.top Personalisation.lift Personalisation.margin Quality.elasticity "
  .. "Quality.margin Quality.per_point Ramp.before Ramp.from Ramp.to RandomWalk.drift RandomWalk.start Reading.of Retention.cut "
  .. "Retention.margin Revenue.amount Revenue.margin Revenue.volume RiskFields.loss RiskFields.severity Stair.when Step.before "
  .. "Terminal.value TimeSaved.minutes TwoPoints.from roi.at.value roi.between.low roi.curve.bass.t roi.curve.gompertz.t roi.curve.gompertz.k "
  .. "roi.curve.gompertz.mid roi.curve.logistic.t roi.curve.logistic.k roi.curve.logistic.mid roi.gumbel.location roi.logistic.location "
  .. "roi.lognormal.mu roi.normal.mean roi.pert.min roi.student_t.location roi.triangular.min roi.uniform.min")
-- A run says in which trial and line numbers overflow.
allow("1e308", "Expectation.equal Expectation.of Stair.when roi.at.period roi.at.value roi.between.high roi.curve.bass.t roi.curve.gompertz.t "
  .. "roi.curve.logistic.t roi.delayed.periods roi.exponential.rate roi.gamma.shape roi.gamma.scale roi.gumbel.location roi.gumbel.scale "
  .. "roi.logistic.location roi.logistic.scale roi.lognormal.mu roi.lognormal.sigma roi.negative_binomial.r roi.normal.mean roi.normal.sd "
  .. "roi.pareto.shape roi.pareto.scale roi.pert.max roi.pert.lambda roi.poisson.mean roi.student_t.df roi.student_t.location "
  .. "roi.student_t.scale roi.triangular.max roi.uniform.max roi.weibull.shape roi.weibull.scale")

-- Fields that no table has: those that refuse any value, and the name of a file.
local absent = {}
for key in ("Retention.every Training.every Correlations.csv"):gmatch("%S+") do absent[key] = true end

local roi = package.preload.roisim(native)
package.loaded.roisim = roi
native.testing = true
local m = roi.model { horizon = 24, period = "month", inflation = 0.02 }
local value, t = roi.uniform(0.2, 0.4), m.time
local pool, cause = m:pool("hours", { hours = 100 }), m:risk("cause", { probability = 0.1, loss = 1, at = 3 })
local pilot = m:use_case("case"):pilot { weeks = 4, reads = { cut = { of = value, sd = 1, n = 10 } } }

local count = 0
local function name()
  count = count + 1
  return "n" .. count
end

local function with(base, field, value)
  local copy = {}
  for k, v in pairs(base) do copy[k] = v end
  if field ~= nil then copy[field] = value end
  return copy
end

-- class -> the call and tables that are right, which together have every field
local tables = {}
local function class(title, call, ...) tables[title] = { call = call, ... } end
local function vocabulary(title, method, ...)
  class(title, function(spec) return m[method](m, name(), spec) end, ...)
end
local benefit = { every = "month", delay = 1, kind = "cash", basis = "nominal", dip = { depth = 0.4, periods = 6 } }
local cost = { every = "month", delay = 1, category = "running", basis = "nominal", paid = false, spread = "equal" }
local function on(shared, fields)
  for k, v in pairs(shared) do
    if fields[k] == nil then fields[k] = v end
  end
  return fields
end

vocabulary("TimeSaved", "time_saved", on(benefit, { volume = 10, minutes = 4, wage = 25, cash = 0.5, check = 1, pool = pool }))
vocabulary("FreeHours", "free_hours", { volume = 10, minutes = 4, check = 1, every = "month", dip = benefit.dip, pool = pool },
  { hours = 3, every = "month" })
vocabulary("Revenue", "revenue", on(benefit, { volume = 10, price = 3, margin = 0.4 }),
  { amount = 10, margin = 0.4, every = "month" })
vocabulary("Quality", "quality", on(benefit, { revenue = 10, value = 0.85, baseline = 0.8, elasticity = 0.3, most = 0.5,
  margin = 0.4 }),
  { revenue = 10, every = "month", value = 0.85, baseline = 0.8, per_point = 0.3, margin = 0.4 })
vocabulary("Personalisation", "personalisation", on(benefit, { revenue = 10, reach = 0.5, data = 0.5, lift = 0.1, margin = 0.4 }))
vocabulary("ErrorsAvoided", "errors_avoided", on(benefit, { volume = 10, rate = 0.1, cut = 0.5, cost = 60 }))
vocabulary("FasterCycle", "faster_cycle", on(benefit, { cases = 10, days = 12, cut = 0.25, value = 15 }),
  { cases = 10, every = "month", hours = 12, cut = 0.25, value = 15 })
vocabulary("FeesReplaced", "fees_replaced", on(benefit, { fee = 10, share = 0.6 }))
vocabulary("Conversion", "conversion", on(benefit, { leads = 10, rate = 0.1, lift = 0.1, value = 900, margin = 0.4 }),
  { leads = 10, every = "month", rate = 0.1, to = 0.2, value = 9, margin = 0.4 })
vocabulary("Retention", "retention", with(on(benefit, { customers = 10, churn = 0.1, cut = 0.1, margin = 45, months = 12 }),
  "every", nil))
vocabulary("Acquisition", "acquisition", on(benefit, { count = 10, margin = 45, churn = 0.1, cac = 300 }))
vocabulary("Seats", "seats", on(cost, { count = 10, price = 35, commit = 12 }),
  { count = 10, every = "month", tiers = { { from = 0, price = 3 } }, pricing = "marginal" })
vocabulary("Usage", "usage", on(cost, { units = 10, included = 2, price = 0.1, learning = { rate = 0.1, at = 10 } }),
  { units = 10, every = "month", tiers = { { from = 0, price = 3 } }, pricing = "marginal" })
vocabulary("Steps", "steps", on(cost, { load = 10, capacity = 4, price = 15, already = 1 }))
vocabulary("Connectors", "connectors", on(cost, { stages = { { at = 0, count = 2, build = 50, run = 5 } } }))
vocabulary("Training", "training", with(on(cost, { people = 10, hours = 6, wage = 30, fee = 20, at = 0, turnover = 0.1 }),
  "every", nil))
local usage = on(cost, { requests = 10, tokens_in = 25, tokens_out = 5, price_in = 3, price_out = 12, per = 1e6, retries = 0.1,
  cache = { hits = 0.4, discount = 0.9 }, batch = { share = 0.5, discount = 0.5 },
  routing = { { share = 0.5, price_in = 1, price_out = 2 } },
  staircase = { at = 13, price_in = 5, price_out = 15 }, decline = 0.1, price_factor = 1,
  agreement = { minimum = 2, every = "month", discount = 0.1 }, review = { share = 0.1, minutes = 3, wage = 28 } })
vocabulary("AiUsage", "ai_usage", usage)
local function nested(title, field, base, list)
  class(title, function(spec) return m:ai_usage(name(), with(usage, field, list and { spec } or spec)) end, base)
end
nested("Cache", "cache", usage.cache)
nested("Batch", "batch", usage.batch)
nested("Route", "routing", usage.routing[1], true)
nested("Stair", "staircase", usage.staircase)
tables.Stair[2] = { when = roi.gt(value, 0.3), price_in = 5, price_out = 15 }
nested("Agreement", "agreement", usage.agreement)
nested("Review", "review", usage.review)
class("Dip", function(spec) return m:revenue(name(), { amount = 10, margin = 0.4, every = "month", dip = spec }) end,
  { depth = 0.4, periods = 6, from = 1 })
class("Learning", function(spec) return m:usage(name(), { units = 10, every = "month", price = 1, learning = spec }) end,
  { rate = 0.1, at = 10 })
class("Tier", function(spec) return m:usage(name(), { units = 10, every = "month", tiers = { spec }, pricing = "marginal" }) end,
  { from = 0, price = 3 })
class("ConnectorStage", function(spec) return m:connectors(name(), { stages = { spec }, every = "month" }) end,
  { at = 0, count = 2, build = 50, run = 5 })
class("BenefitOptions", function(spec) return m:benefit(name(), 10, spec) end, with(benefit, "dip", nil))
class("CostOptions", function(spec) return m:cost(name(), 10, spec) end, cost)
vocabulary("RiskFields", "risk", { probability = 0.1, loss = 100, at = 3, duration = 2, basis = "nominal" },
  { probability = 0.1, severity = 100, between = { 3, 5 } }, { probability = 0.1, loss = 10, triggered_by = cause, lag = 2 },
  { per_year = 2, loss = 10 }, { per_year = 2, loss = 10, most = 3 })
vocabulary("PriceShock", "price_shock", { probability = 0.1, factor = 1.5, at = 3, duration = 2 },
  { probability = 0.1, factor = 1.5, between = { 3, 5 } },
  { probability = 0.1, factor = 2, triggered_by = cause, lag = 2 })
vocabulary("ProjectDelay", "project_delay", { periods = 2, probability = 0.1 })
class("Abandonment", function(spec) return m:use_case(name()):abandonment("end", spec) end, { probability = 0.1, at = 3 },
  { probability = 0.1, between = { 3, 5 } },
  { probability = 0.1, triggered_by = cause, lag = 2 }, { per_year = 0.1 })
vocabulary("Stages", "stages", { assisted = 0.5, autonomous = 0.1 })
class("ByStage", function(spec) return m:stages(name(), { assisted = 0.5 }).mean(spec) end,
  { person = 1, assisted = 2, autonomous = 3 })
vocabulary("Kpi", "kpi", { goal = "g", unit = "u", measured = "m", often = "o", source = "s", owner = "w",
  dimension = "strategic", value = value,
  baseline = 0.1, target = 0.3, by = 6, better = "higher" })
class("Pilot", function(spec) return m:use_case(name()):pilot(spec) end,
  { name = "p", weeks = 4, start = 2, share = 0.2, cost = 30, reads = { cut = { of = value, sd = 1, n = 10 } } }, { periods = 2 })
class("Reading", function(spec) return m:use_case(name()):pilot { weeks = 4, reads = { cut = spec } } end,
  { of = value, sd = 1, n = 10, control = 5 })
class("Gate", function(spec) return m:use_case(name()):gate(spec) end,
  { name = "g", after = pilot, continue_if = roi.gt(pilot.cut, 0.2), stop_cost = 10, oracle = false },
  { at = 6, continue_if = roi.gt(pilot.cut, 0.2) })
class("Correlations", function(spec)
  if not spec.csv then spec[1] = { "a", "b", 0.5 } end
  return m:correlate(spec)
end, { kind = "spearman" })
class("UseCaseFields", function(spec) return m:use_case(name(), spec) end,
  { department = "d", owner = "o", work = "admin", sources = { "CRM" } })
vocabulary("PoolFields", "pool", { hours = 10, rule = "order" })
vocabulary("BudgetFields", "budget", { ceiling = 10, every = "year", alert = 0.8, category = "running" })
class("Expectation", function(spec) return roi.expect(name(), spec) end, { of = value, within = 0.1, mean = 0.3 },
  { of = 3, equal = 3, within = 0.1 },
  { of = f, error = "a" }, { of = value, sd = 0.1 }, { of = value, median = 0.1 }, { of = value, p1 = 0.1 },
  { of = value, p5 = 0.1 }, { of = value, p10 = 0.1 }, { of = value, p25 = 0.1 }, { of = value, p50 = 0.1 },
  { of = value, p75 = 0.1 },
  { of = value, p90 = 0.1 }, { of = value, p95 = 0.1 }, { of = value, p99 = 0.1 }, { of = roi.gt(value, 0), probability = 0.1 },
  { of = value, at_least = 0, at_most = 1 })
class("TwoPoints", function(spec)
  roi.curve.gompertz(spec)
  return roi.curve.logistic(t, spec)
end, { start = 0.1, reach = 0.9, at = 12, from = 1, top = 1 })
class("Ramp", function(spec) return roi.curve.ramp(spec) end, { before = 0, from = 2, periods = 5, to = 1 },
  { from = 2, till = 5, to = 1 })
class("Step", function(spec)
  spec[1] = { 0, 1 }
  return roi.curve.step(spec)
end, { before = 0 })
native.read = function(file)
  if file ~= "f.csv" then native.fail("the data file '" .. file .. "' is not there") end
  return "time,share\n1,0.1\n30,0.4\n"
end
class("CsvColumn", function(spec) return roi.curve.csv(spec) end,
  { file = "f.csv", column = "share", time = "time", hold = true })
class("Wright", function(spec) return roi.curve.wright(10, spec) end, { first = 1, rate = 0.2, at = 1 })
class("LearningCurve", function(spec) return roi.curve.learning(10, spec) end, { start = 0.1, top = 0.9, half = 10 })
class("DataQuality", function(spec) return roi.curve.data_quality(0.8, spec) end, { repair = 2, governance = 0.5 })
local function process(title, method, ...)
  class(title, function(spec)
    if spec.name == "p" or spec.name == "x" then spec.name = name() end
    if spec.size == "size" then spec.size = roi.normal(0, 1) end
    return roi.process[method](spec)
  end, ...)
end
local shock = roi.each_period(roi.normal(0, 1))
process("Ar1", "ar1", { name = "p", mean = 1, phi = 0.5, sd = 1, start = 2 }, { shock = shock, phi = 0.5, sd = 1 })
process("MeanReversion", "mean_reversion", { name = "p", level = 1, speed = 0.5, sd = 0.1, start = 2, log = true },
  { shock = shock, level = 1, speed = 0.5, sd = 0.1 })
process("RandomWalk", "random_walk", { name = "p", start = 1, drift = 0.5, sd = 1 }, { shock = shock, sd = 1 })
process("GeometricWalk", "geometric_walk", { name = "p", start = 1, growth = 0.1, sd = 0.1 },
  { shock = shock, start = 1, sd = 0.1 })
process("Jump", "jump", { name = "p", rate = 0.5, size = "size", most = 3 })

-- Of these each try is a script of its own, since a script makes one model.
local scripts = {
  ModelFields = { call = "roi.model { %s }",
  "name = 'n', horizon = 12, period = 'month', discount_rate = 0.1, currency = 'USD', "
    .. "inflation = 0.02, tax_rate = 0.2, terminal = { value = 3 }" },
  Terminal = { call = "roi.model { horizon = 12, terminal = { %s } }", "value = 3", "multiple = 2", "growth = 0.01" },
  UsualMethod = { call = "roi.model { horizon = 36 }:usual_method { %s }",
  "benefits = { 0.8, 1, 1.1 }, costs = { 0.9, 1, 1.2 }, years = 2, rate = 0.1" },
}

-- Of functions: arguments that are right. Where `numbers`, any number is: what they give of plain numbers is Lua's to say.
local functions = {}
local function of(list, arguments, numbers)
  for title in list:gmatch("%S+") do functions[title] = { numbers = numbers, table.unpack(arguments) } end
end
of("roi.abs roi.floor roi.ceil roi.round roi.sqrt roi.exp roi.log10 roi.log1p roi.expm1 roi.sin roi.cos roi.tan roi.tanh roi.atan roi.sigmoid "
  .. "roi.normal_cdf roi.normal_quantile", { 0.5 }, true)
of("roi.log roi.pow roi.lt roi.le roi.gt roi.ge roi.eq roi.ne", { 0.5, 2 }, true)
of("roi.where", { value, 1, 2 }, true)
of("roi.clamp", { 0.5, 0, 1 }, true)
of("roi.normal roi.lognormal roi.gumbel roi.logistic", { 1, 0.5 })
of("roi.uniform roi.beta roi.gamma roi.weibull roi.pareto", { 1, 2 })
of("roi.triangular", { 1, 2, 3 })
of("roi.exponential roi.poisson", { 2 })
of("roi.pert", { 1, 2, 3, 4 })
of("roi.student_t", { 5, 0, 1 })
of("roi.bernoulli roi.geometric", { 0.5 })
of("roi.binomial roi.negative_binomial", { 5, 0.5 })
of("roi.between", { 1, 2 })
of("roi.share", { 0.1, 0.2 })
of("roi.curve.logistic roi.curve.gompertz roi.curve.bass", { t, 0.1, 0.2 })
of("roi.at", { 3, 5 })
of("roi.delayed", { t, 2 })
of("roi.sum roi.mean roi.last roi.max_over roi.min_over roi.first roi.irr roi.cumsum roi.cumprod roi.diff", { t })
of("roi.lag", { t, 1 })
of("roi.npv", { 0.1, t })
of("roi.discount", { t, 0.1 })

-- -- what the annotations list

-- Classes of what calls give, of what others inherit, and of lists that tests/lua tries.
local untried = {}
for title in ("Value Inputs Outputs Rng Part Event Acquired StageShares UseCase PilotResult GateResult Actor Model Pool BenefitFields CostFields "
  .. "When Process Piecewise"):gmatch("%S+") do untried[title] = true end

local classes, parents, parameters, current, given = {}, {}, {}, nil, {}
for line in io.lines("lua/annotations/roisim.lua") do
  local title, parent = line:match("^%-%-%-@class roisim%.(%w+)%s*:?%s*r?o?i?s?i?m?%.?(%w*)$")
  if title then
    current = {}
    classes[title], parents[title] = current, parent ~= "" and parent or nil
  end
  local kind, field, optional, type_ = line:match("^%-%-%-@(%w+) (%w[%w_]*)(%??) (.*)$")
  local row = { name = field, optional = optional == "?", text = type_ and type_:find("^string"),
  boolean = type_ and type_:find("boolean") }
  if kind == "field" then current[#current + 1] = row
  elseif kind == "param" then given[#given + 1] = row
  elseif line:match("^function ") then
    parameters[line:match("^function ([%w_.:]+)%(")], given = given, {}
  end
end

-- -- trying

local function is_allowed(key, row, w)
  return allowed[w[1]] and allowed[w[1]][key] or row.boolean and type(w[2]) == "boolean" or row.text and w[1] == "'x'" or
    row.optional and w[1] == "nil" or w[1] == "0"
end

-- called: what the message must name beside the value.
local function judge(key, row, w, called, ok, message)
  if ok then
    if not is_allowed(key, row, w) then complain("%s = %s is not refused", key, w[1]) end
    return
  end
  if row.optional and w[1] == "nil" then return end
  local valued, named = not w[3] or absent[key], absent[key] or message:find(called, 1, true)
  for _, text in ipairs(w[3] or {}) do valued = valued or message:find(text, 1, true) end
  if not valued or not named or not message:find("^%S+:%d+: ") or message:find("^%[") then
    complain("%s = %s: the message does not name the field, the value or the line: %s", key, w[1], message)
  end
end

local function try_class(title, row)
  for i, base in ipairs(row) do
    local ok, message = pcall(row.call, with(base))
    if not ok then complain("table %d of %s is refused: %s", i, title, message) end
  end
  local class = title
  while class do
    for _, field in ipairs(classes[class]) do
      local base
      for _, b in ipairs(row) do base = base or b[field.name] ~= nil and b end
      if not base and not absent[title .. "." .. field.name] then complain("no table of %s has %s", title, field.name) end
      for _, w in ipairs(wrong) do
        judge(title .. "." .. field.name, field, w, field.name, pcall(row.call, with(base or row[1], field.name, w[2])))
      end
    end
    class = parents[class]
  end
end

local function try_script(title, row)
  local function run(fields) return fresh('local roi = require "roisim"\n' .. row.call:format(fields)) end
  for i, base in ipairs(row) do
    local ok, message = run(base)
    if not ok then complain("table %d of %s is refused: %s", i, title, message) end
  end
  for _, field in ipairs(classes[title]) do
    local base
    for _, b in ipairs(row) do base = base or (", " .. b):find(", " .. field.name .. " =", 1, true) and b end
    for _, w in ipairs(wrong) do
      judge(title .. "." .. field.name, field, w, field.name, run(base .. ", " .. field.name .. " = " .. w[1]))
    end
  end
end

local function try_function(title, arguments)
  local f = roi
  for step in title:gmatch("%.([%w_]+)") do f = f[step] end
  if not parameters[title] then return complain("%s is not annotated", title) end
  local function call(i, v)
    local list = { table.unpack(arguments) }
    if i then list[i] = v end
    return pcall(f, table.unpack(list, 1, #parameters[title]))
  end
  local ok, message = call()
  if not ok then complain("arguments of %s are refused: %s", title, message) end
  for i, row in ipairs(parameters[title]) do
    for _, w in ipairs(wrong) do
      if not (arguments.numbers and type(w[2]) == "number") then
        judge(title .. "." .. row.name, row, w, title:match("%.([%w_]+)$"), call(i, w[2]))
      end
    end
  end
end

local function sorted(set)
  local list = {}
  for key in pairs(set) do list[#list + 1] = key end
  table.sort(list)
  return list
end

for _, title in ipairs(sorted(classes)) do
  if tables[title] then try_class(title, tables[title])
  elseif scripts[title] then try_script(title, scripts[title])
  elseif not untried[title] then complain("class %s is not tried", title)
  end
end
for _, title in ipairs(sorted(functions)) do try_function(title, functions[title]) end

return table.concat(problems, "\n")
