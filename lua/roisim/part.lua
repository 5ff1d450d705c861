-- Parts: what has flows and standard outputs: the model itself, its use cases and its actors. A piece of lua/roisim.lua, which
-- calls the function returned here with the native functions and its helpers; it gives back what makes parts.
--
-- A flow is kept as it is earned; what becomes of it (gates that stop it, a delay, inflation) is worked out when totals are made, so
-- that it does not matter whether a gate stands before or after the flow in the script. What is asked of a part before the script
-- has ended is a promise (core/graph/copy.h), kept at the end.
return function(native, helpers)

local type, ipairs, pairs, select, setmetatable, huge = type, ipairs, pairs, select, setmetatable, math.huge
local format = string.format
local failf, word, hint, is_whole = helpers.failf, helpers.word, helpers.hint, helpers.is_whole
local check_options, check_number, names_of = helpers.check_options, helpers.check_number, helpers.names_of
local shape, describe, place = native.shape, native.describe, native.place

local periods = { "week", "month", "quarter", "year" }
local a_year = { week = 52, month = 12, quarter = 4, year = 1 }

local standard_names = { -- in the order of reports
  "npv", "roi", "payback", "discounted_payback", "irr", "bcr", "pv_benefit", "pv_cost", "peak_funding",
}
local is_standard = {}
for _, name in ipairs(standard_names) do is_standard[name] = true end

-- What a benefit is: those outside are shown, and are no part of npv.
local classes = { cash = "inside", revenue = "inside", avoided = "inside", capacity = "outside", welfare = "outside" }

local Part = {}
Part.__index = Part

-- -- how often

local is_once = { once = true, ["one-off"] = true, ["one-time"] = true, single = true, now = true }

-- The periods in which something that happens `every` so often falls, as a list over the horizon: n times a period if it is
-- more frequent; else the k-th time in the period where its k-th interval ends.
local function pattern(every, period, horizon)
  local per_period, list = a_year[every] / a_year[period], {}
  for p = 1, horizon do list[p] = per_period >= 1 and per_period or 0 end
  if per_period >= 1 then return list, true end
  local k, any = 1, false
  while true do
    local p = -(-k * a_year[period] // a_year[every])
    if p > horizon then return list, any end
    list[p], any, k = 1, true, k + 1
  end
end

local patterns = {} -- by `every`

local function over_periods(model, what, value, every)
  if not a_year[every] then
    failf("%s: every = %s must be \"week\", \"month\", \"quarter\" or \"year\"%s", what, describe(every),
      is_once[every] and "; what is paid a single time is written roi.at(0, value)" or
      native.suggest(word(every), periods))
  end
  if not patterns[every] then
    local list, any = pattern(every, model.period, model.horizon)
    patterns[every] = { series = native.series(list), any = any }
  end
  if not patterns[every].any then
    local file, line = place()
    native.warn(file, line, format("%s: the first %s ends after the horizon of %d %ss, so nothing is counted", what,
      every, model.horizon, model.period), "past-horizon")
  end
  return value * patterns[every].series
end

-- The value as a series: a number or scalar falls `every` so often, a series says itself what falls when.
function Part:periods(what, value, every)
  local s = shape(value)
  if not s then
    failf("%s must be a number, an uncertain number or a series%s, not %s", what,
      type(value) == "table" and " (a list becomes one by roi.series)" or "", describe(value))
  elseif s == "series" then
    if every ~= nil then failf("%s is a series, which says itself what falls in each period: leave out 'every'", what) end
    return value
  elseif every == nil then
    failf("%s is one number: say how often, { every = \"%s\" }, or when, roi.at(period, value)", what, self.model.period)
  elseif s == "number" then
    helpers.check_amount(what, value)
  end
  return over_periods(self.model, what, value, every)
end

-- -- flows

local function warn_here(rule, ...)
  local file, line = place()
  native.warn(file, line, format(...), rule)
end

-- Refuses what would come after one of the part's outputs was read, or one of the whole's that counts it.
function Part:check_open(what)
  local closed = self.closed or self.kind ~= "actor" and self.root.closed
  if closed then
    failf("%s comes too late: reading %s.%s%s closed the %s to further flows", what, closed.part.called, closed.name,
      helpers.at_line(" (line %d)", closed.line), closed.part.word)
  end
end

function Part:close(name)
  local _, line = place()
  self.closed = self.closed or { part = self, name = name, line = line or 0 }
end

-- Warns of what comes at a plain period after the horizon, if it does.
function Part:warn_late(what, at)
  local horizon = self.model.horizon
  if type(at) ~= "number" or at <= horizon or at == huge then return end
  local unit = self.model.period
  warn_here("past-horizon", "%s falls in %s %.15g, after the horizon of %d %ss, so nothing is counted", what, unit, native.ceil(at),
    horizon, unit)
end

-- Adds a flow. kind: "benefit", "cost", "risk"; series: as it is earned. options, all of which may be nil:
--   class     of a benefit: "cash", "revenue", "avoided"; "capacity" and "welfare" stay outside npv
--   category  of a cost, for the table of costs
--   delay     periods, a number or uncertain: what is earned in p arrives in p + delay
--   paid      true: sunk; listed, and left out of all totals
--   real      true: in prices of today, so that the model's inflation is added
--   basis     what the script says of that, "unsaid" if nothing; nil where it can't say
--   always    true: no gate stops it
--   spread    of a cost of the model's own: how its use cases share it
function Part:flow(kind, name, series, options)
  local options, full = options or {}, self.prefix .. name
  self:check_open(format("%s '%s'", kind, name))
  local other = self.names[name]
  if other then
    failf("%s '%s': a %s of that name %s; names must differ", kind, name, other.kind, helpers.stands(other.line))
  end
  if native.is_plain(series) then helpers.check_amounts(format("%s '%s'", kind, full), series) end
  local file, line = place()
  self.names[name] = { kind = kind, line = line or 0 }
  local f = { kind = kind, name = full, series = series, file = file, line = line, part = self,
    class = options.class, category = options.category, delay = options.delay, paid = options.paid, real = options.real, basis = options.basis,
    always = options.always, spread = options.spread, outside = options.paid or classes[options.class] == "outside" }
  self.flows[#self.flows + 1] = f
  if self.kind ~= "actor" then self.root.all[#self.root.all + 1] = f end
  if type(f.spread) == "table" then
    self.finishers[#self.finishers + 1] = function() self:check_weights(f) end
  end
  native.has_flows()
  self:warn_late(format("%s '%s'", kind, name), native.late(series))
end

-- The value where the part is taken: all of it but where the command chooses among use cases (portfolio.lua).
function Part:where_taken(value)
  if not self.taken then return value end
  return value * self.taken
end

-- The series where nothing has stopped the part so far in the script, 0 after a stop.
function Part:active(series)
  series = self:where_taken(series)
  for _, running in ipairs(self.stops) do series = series * running end
  return series
end

-- From now on the part's flows, declared before or after, only run where the series `running` is 1 (from period 0 on). why: what
-- stops it, for messages.
function Part:stop(running, why)
  self:check_open(why)
  if self.held then
    failf("%s comes after %s%s, which counts what the use case does: declare it before", why, self.held.what,
      helpers.at_line(" (line %d)", self.held.line))
  end
  self.stops[#self.stops + 1] = running
end

-- Notes that something outside the part's flows, such as a pool, counts what the part does as it is now.
function Part:hold(what)
  local _, line = place()
  self.held = self.held or { what = what, line = line or 0 }
end

local function delayed(series, delay)
  if is_whole(delay, 0, 65535) then return native.lag(series, delay) end
  return helpers.piece("shift").delayed(series, delay)
end

-- What arrives of a flow, period by period.
local function arriving(f)
  if f.arrives then return f.arrives end
  native.stand_at(f.file, f.line) -- what goes wrong in a flow is found at the flow
  local s = f.always and f.part:where_taken(f.series) or f.part:active(f.series)
  if f.delay then s = delayed(s, f.delay) end
  if f.real then s = s * f.part.root:price_level(native.start(s)) end
  f.arrives = s
  return s
end

function Part:arriving(f) return arriving(f) end

-- The level of prices, 1 today.
function Part:price_level(start)
  return (1 + self.model.inflation)^(native.time(start) / self.per_year)
end

-- -- flows as scripts declare them

local forms = {
  benefit = { "every", "kind", "delay", "basis" },
  cost = { "every", "category", "delay", "basis", "paid", "spread" },
}

local function check_name(part, kind, name)
  if type(name) ~= "string" or name == "" then
    failf("%s:%s(name, value): the name must be a text, not %s", part.called, kind, describe(name))
  end
  helpers.check_length(kind, name)
end

-- A series of plain numbers, none above 0; of uncertain ones nothing is said.
local function warn_negative_series(what, series, advice)
  if not native.is_plain(series) or native.max_over(series) > 0 or not (native.min_over(series) < 0) then return end
  warn_here("negative-flow", "%s is below 0: %s", what, advice)
end

local function warn_negative(what, value, advice)
  if type(value) ~= "number" or value >= 0 then return end
  warn_here("negative-flow", "%s is below 0 (%g): %s", what, value, advice)
end

local not_negative = { holds = function(v) return v >= 0 and v < huge end, says = "0 or more" }

function Part:check_delay(what, delay)
  delay = check_number(what, "delay", delay, not_negative)
  if type(delay) == "number" and delay > self.model.horizon then
    failf("%s: delay %g is longer than the horizon of %d %ss", what, delay, self.model.horizon, self.model.period)
  end
  return delay
end

local bases = { "nominal", "real" }

-- Whether a flow is in prices of today; one that says nothing is in prices of its time.
function Part:check_basis(what, basis)
  if basis == nil then return false end
  if basis ~= "nominal" and basis ~= "real" then
    failf("%s: basis = %s must be \"nominal\" (prices of its time) or \"real\" (prices of today)%s", what, describe(basis),
      native.suggest(word(basis), bases))
  end
  if basis == "real" and self.model.inflation == 0 then
    failf("%s: basis = \"real\" needs the model's inflation: roi.model { inflation = 0.02, ... }", what)
  end
  return basis == "real"
end

-- What scripts may say of any flow, checked. fields: a table with delay, kind, category, basis, paid, spread; returns options of
-- Part:flow.
function Part:flow_options(what, fields)
  local o = {}
  if fields.delay ~= nil then o.delay = self:check_delay(what, fields.delay) end
  o.real, o.basis = self:check_basis(what, fields.basis), fields.basis or "unsaid"
  if fields.kind ~= nil then
    if not classes[fields.kind] then
      failf("%s: kind = %s must be one of %s%s", what, describe(fields.kind), "cash, revenue, avoided, capacity, welfare",
        native.suggest(word(fields.kind), names_of(classes)))
    end
    o.class = fields.kind
  end
  if fields.category ~= nil then o.category = helpers.piece("category")(what, fields.category) end
  if fields.paid ~= nil and type(fields.paid) ~= "boolean" then
    failf("%s: paid must be true (sunk: listed, left out) or false, not %s", what, describe(fields.paid))
  end
  o.paid = fields.paid or nil
  if fields.spread ~= nil then o.spread = self:check_spread(what, fields.spread) end
  return o
end

local function declare(part, kind, name, value, options)
  check_name(part, kind, name)
  local what = format("%s '%s'", kind, name)
  if options ~= nil and type(options) ~= "table" then
    failf("%s: options are a table, such as { every = \"%s\" }, not %s", what, part.model.period, describe(options))
  end
  options = options or {}
  local s = shape(value)
  if s then options = check_options(what, options, forms[kind]) end
  local advice = kind == "cost" and "costs are written as positive amounts" or "what is paid is a cost"
  local series = part:periods(what, value, options.every)
  if s == "series" then warn_negative_series(what, value, advice) else warn_negative(what, value, advice) end
  part:flow(kind, name, series, part:flow_options(what, options))
  part.flows[#part.flows].declared = true -- by the script itself, not by a word that knows what the amount is made of
end

function Part:benefit(name, value, options) return declare(self, "benefit", name, value, options) end
function Part:cost(name, value, options) return declare(self, "cost", name, value, options) end

-- A value that a script gave for a field of its own: an unnamed distribution becomes the input PREFIX.NAME.
function Part:input(name, value)
  local draw, unnamed = native.is_draw(value)
  if not (draw and unnamed) then return value end
  local full = self.prefix .. name
  helpers.inputs.take_name("input", full)
  return helpers.inputs.add(full, value)
end

-- -- shared costs: what the model itself pays, in parts that its use cases bear

local spreads = { "equal", "benefits", "costs" }

-- The rule, or a copy of the weights, which are read when the script has ended.
function Part:check_spread(what, spread)
  if self ~= self.root then failf("%s: spread says how the use cases share a cost of the model's own: declare it as model:cost", what) end
  if spread == "equal" or spread == "benefits" or spread == "costs" then return spread end
  if type(spread) ~= "table" then
    failf("%s: spread = %s must be \"equal\", \"benefits\", \"costs\" or weights { triage = 2, notes = 1 }%s", what, describe(spread),
      native.suggest(word(spread), spreads))
  end
  local weights = {}
  for name, weight in pairs(spread) do
    if type(name) ~= "string" then failf("%s: weights are written { triage = 2, notes = 1 }, by the names of use cases", what) end
    if type(weight) ~= "number" or not (weight >= 0 and weight < huge) then
      failf("%s: the weight of '%s' must be a plain number, 0 or more, not %s", what, word(name), describe(weight))
    end
    weights[name] = helpers.float(weight)
  end
  return weights
end

-- The use cases that bear what is shared: one without flows has no outputs in which its part would show.
local function bearers(root)
  local list = {}
  for _, case in ipairs(root.cases) do
    if #case.flows > 0 then list[#list + 1] = case end
  end
  return list
end

-- The weight of each use case in a shared flow, by their order. One that is not taken bears nothing.
local function weights_of(f, cases)
  local spread, list, sum = f.spread or "equal", {}, 0
  for i, case in ipairs(cases) do
    if spread == "benefits" then list[i] = native.max(case:own_totals().pv_benefit, 0)
    elseif spread == "costs" then list[i] = native.max(case:own_totals().pv_cost, 0)
    else list[i] = case:where_taken(spread == "equal" and 1 or spread[case.name] or 0) end
    sum = sum + list[i]
  end
  return list, sum
end

-- Weights go to use cases that there are when the script has ended.
function Part:check_weights(f)
  local known, sum = {}, 0
  for i, case in ipairs(self.cases) do known[i] = case.name end
  for _, name in ipairs(names_of(f.spread)) do
    local found = false
    for _, k in ipairs(known) do found = found or k == name end
    if not found then
      failf("%scost '%s': spread: there is no use case '%s'%s", helpers.place_text(f.file, f.line), f.name, name, hint(name, known))
    end
  end
  for _, case in ipairs(bearers(self)) do sum = sum + (f.spread[case.name] or 0) end
  if not (sum > 0) then
    failf("%scost '%s': spread: the weights of use cases that have flows add up to 0", helpers.place_text(f.file, f.line), f.name)
  end
end

-- What a use case bears of a shared flow: its weight's part; the same for all where there is nothing to go by.
local function borne(f, part)
  local cases, i = bearers(part.root), 1
  while cases[i] ~= part do i = i + 1 end
  local list, sum = weights_of(f, cases)
  if type(sum) == "number" then return arriving(f) * ((sum > 0 and list[i] / sum) or 1 / #cases) end
  local some = native.compare("gt", sum, 0)
  return arriving(f) * native.where(some, list[i] / native.where(some, sum, 1), 1 / #cases)
end

-- -- what is asked of every script at its end: whether the guards (lua/roisim/guards.lua) are needed

-- Whether a cost's name says that it was paid before the decision.
local function speaks_of_past(name)
  local text = name:lower()
  return (text:find("%f[%a]already%f[%A]") or text:find("%f[%a]sunk%f[%A]") or text:find("so far", 1, true) or
    text:find("to date", 1, true)) ~= nil
end

-- What native.compounded takes for a rate that must be a mistake: over a year (less if the horizon is), a growth to more than three
-- times or a fall to less than a tenth. A model of years has no rates of periods.
local function steep(model)
  local n = a_year[model.period]
  if n == 1 then return 1, 0, huge end
  return model.horizon < n and model.horizon or n, 0.1, 3
end

-- -- totals and standard outputs

-- The sum of a list of values that may be empty.
local function total(list)
  local sum = list[1] or 0.0
  for i = 2, #list do sum = sum + list[i] end
  return sum
end

function Part:present(series)
  local rate = self.model.discount_rate
  if rate == 0 then return series end
  return series * (1 + rate)^(native.time(native.start(series)) / -self.per_year)
end

-- Present values of both sides and the net flow of rows { kind =, series =, file =, line = }; net is nil without rows.
function Part:totals(rows)
  local benefits, costs, net = {}, {}, nil
  for _, r in ipairs(rows) do
    local is_benefit = r.kind == "benefit"
    native.stand_at(r.file, r.line)
    r.pv = native.sum(self:present(r.series))
    local side = is_benefit and benefits or costs
    side[#side + 1] = r.pv
    if not net then net = is_benefit and r.series or -r.series
    else net = is_benefit and net + r.series or net - r.series end
  end
  native.stand_at(self.file, self.line)
  return { pv_benefit = total(benefits), pv_cost = total(costs), net = net }
end

local function row_of(f) return { kind = f.kind, series = arriving(f), file = f.file, line = f.line, flow = f } end

-- The flows that count for the part, as they arrive: of the model those of its use cases too; of a use case what it bears of
-- the model's own costs and risks.
function Part:counted()
  local rows = {}
  for _, f in ipairs(self == self.root and self.all or self.flows) do
    if not f.outside then rows[#rows + 1] = row_of(f) end
  end
  if self.kind == "use case" and #self.flows > 0 then
    for _, f in ipairs(self.root.flows) do
      if f.kind ~= "benefit" and not f.outside then
        local series = borne(f, self)
        rows[#rows + 1] = { kind = f.kind, series = series, file = f.file, line = f.line, flow = f, shared = true }
      end
    end
  end
  for _, add in ipairs(self.root.adjustments) do add(self, rows) end
  return rows
end

-- The part's own flows that count, as they arrive: of the model without its use cases, of a use case without what it bears.
function Part:own_rows()
  local rows = {}
  for _, f in ipairs(self.flows) do
    if not f.outside then rows[#rows + 1] = row_of(f) end
  end
  return rows
end

-- Of a use case's own flows alone, which the rules for spreading go by.
function Part:own_totals()
  self.own = self.own or self:totals(self:own_rows())
  return self.own
end

-- The standard outputs with `rows`, what they are made of.
function Part:evaluate()
  local rows = self:counted()
  local t, per_year = self:totals(rows), self.per_year
  local net = t.net or native.time(1) * 0
  local npv, cumulative = t.pv_benefit - t.pv_cost, native.cumsum(net)
  local spent = native.max(t.pv_cost, 0) -- a share of costs that are not above 0 says nothing: a gain would read as a loss
  local irr = native.irr(net)
  local outputs = {
    rows = rows, net = net, cumulative = cumulative, -- undiscounted series
    npv = npv, pv_benefit = t.pv_benefit, pv_cost = t.pv_cost,
    roi = native.state(npv / t.pv_cost, spent),
    bcr = native.state(t.pv_benefit / t.pv_cost, spent),
    payback = native.payback(cumulative),
    discounted_payback = native.payback(native.cumsum(self:present(net))),
    irr = per_year == 1 and irr or (1 + irr)^per_year - 1,
    peak_funding = native.max(-native.min_over(cumulative), 0),
  }
  native.stand_at()
  return outputs
end

-- Of the whole script's flows; asked for once it has ended, or of the model by reading one of its outputs.
function Part:results()
  self.made = self.made or self:evaluate()
  return self.made
end

-- Present values up to and including a period: of benefits and of costs.
function Part:to_date(p)
  local sides = { benefit = 0.0, cost = 0.0 }
  for _, r in ipairs(self:results().rows) do
    local side = r.kind == "benefit" and "benefit" or "cost"
    sides[side] = sides[side] + native.cumsum(self:present(r.series))[p]
  end
  return sides.benefit, sides.cost
end

-- -- values that are asked for before the script has ended

local to_date = {
  npv_to = function(part, p)
    local benefit, cost = part:to_date(p)
    return benefit - cost
  end,
  roi_to = function(part, p)
    local benefit, cost = part:to_date(p)
    return native.state((benefit - cost) / cost, native.max(cost, 0))
  end,
}

local promise_shape = { payback = "period", discounted_payback = "period", net = "from 0", cumulative = "from 0" }

-- A promise of what `make` gives once the script has ended.
function Part:promised(key, name, make)
  self:close(name)
  local p = self.promises[key]
  if not p then
    p = { value = native.promise(promise_shape[name] or "scalar", format("%s.%s", self.called, name)), make = make }
    self.promises[key], self.promises[#self.promises + 1] = p, p
  end
  return p.value
end

-- Refuses what would be an output of nothing.
function Part:check_flows(name)
  if #(self == self.root and self.all or self.flows) == 0 then
    failf("%s.%s before any flow: declare its benefits and costs first", self.called, name)
  end
end

function Part:read(name)
  self:check_flows(name)
  return self:promised(name, name, function() return self:results()[name] end)
end

for name, make in pairs(to_date) do
  Part[name] = function(self, p)
    if not is_whole(p, 1, self.model.horizon) then
      failf("%s:%s(period): the period must be a whole number from 1 to the horizon %d, not %s", self.called, name,
        self.model.horizon, describe(p))
    end
    self:check_flows(name)
    return self:promised(format("%s %d", name, p), name, function() return make(self, p) end)
  end
end

function Part:keep_promises()
  for _, p in ipairs(self.promises) do native.keep(p.value, p.make()) end
end

-- -- making

-- Lists that the model's own part keeps for all.
local of_root = { "all", "cases", "actors", "pools", "pilots", "budgets", "all_kpis", "adjustments", "finishers" }

-- model: the plain fields; kind: "model", "use case" or "actor"; root: the model's part, nil for itself.
local function new_part(kind, name, model, root)
  local file, line = place()
  local part = setmetatable({ kind = kind, name = name, model = model, per_year = a_year[model.period], file = file or "",
    line = line or 0, flows = {}, names = {}, stops = {}, promises = {}, gates = {}, kpis = {} }, Part)
  part.root = root or part
  part.prefix = root and name .. "." or ""
  part.title = root and format("%s '%s'", kind, name) or "the model"
  part.called = root and name or "model"
  part.word = kind
  for _, list in ipairs(root and {} or of_root) do part[list] = {} end
  return part
end

-- -- what scripts call on a part: the methods of Part itself, and those of pieces that are loaded when first called

local own_methods = { "benefit", "cost", "npv_to", "roi_to" }
local vocabulary = {} -- method -> piece
for piece, methods in pairs {
  benefits = { "time_saved", "free_hours", "revenue", "errors_avoided", "faster_cycle", "quality", "personalisation", "fees_replaced" },
  customers = { "conversion", "retention", "acquisition" },
  costs = { "seats", "usage", "steps", "connectors", "training" },
  ai_usage = { "ai_usage" }, stages = { "stages" },
  risks = { "risk", "price_shock", "project_delay", "abandonment" },
} do
  for _, method in ipairs(methods) do vocabulary[method] = piece end
end

-- The function behind method `name` of a part, or nil; it takes what the script gives after the colon.
local function method_of(part, name)
  local piece = vocabulary[name]
  if piece then
    return function(...) return helpers.piece(piece)[name](part, ...) end
  end
  for _, own in ipairs(own_methods) do
    if own == name then return function(...) return part[name](part, ...) end end
  end
end

-- How many arguments a method takes at most: a name and a table, but for these. A method whose table is something else says so itself.
local most_arguments = { param = 2, benefit = 3, cost = 3, npv_to = 1, roi_to = 1, per_period = 1, per_period_growth = 1, correlate = 1,
  usual_method = 1, pilot = 1, gate = 1 }

local function check_arguments(called, method, ...)
  if most_arguments[method] or type((select(2, ...))) == "table" then
    helpers.check_extra(format("%s:%s", called, method), most_arguments[method] or 2, ...)
  end
end

local method_names = {}
for _, name in ipairs(own_methods) do method_names[#method_names + 1] = name end
for _, name in ipairs(names_of(vocabulary)) do method_names[#method_names + 1] = name end

return { new = new_part, method_of = method_of, check_arguments = check_arguments, method_names = method_names, standard_names = standard_names,
  is_standard = is_standard, a_year = a_year, periods = periods, classes = classes, speaks_of_past = speaks_of_past,
  steep = steep }
end
