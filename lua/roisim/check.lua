-- What only `roisim check` says of a model: things that are a mistake often enough to be looked at once, and too seldom to be said in
-- every run. A piece of lua/roisim.lua, loaded when a model is checked, after lua/roisim/guards.lua.
return function(native, helpers)

local ipairs, type = ipairs, type
local format, huge = string.format, math.huge
local guards = helpers.guards
local speaks_of, listed, short = guards.speaks_of, guards.listed, guards.short

local function warn(at, rule, text, when) native.warn(at.file, at.line, text, rule, 1, when) end

-- The name of an input or flow without its part's, in words: "triage.cut_rate" is "cut rate".
local function words_of(name) return (name:gsub("^.*%.", ""):gsub("[_%-]", " ")) end

-- -- hours and customers

local hours = { "hours?", "minutes?", "time saved", "time savings?", "saved time", "handling time", "labou?r saved", "productivity" }

local function hours_as_cash(flows)
  for _, f in ipairs(flows) do
    if f.kind == "benefit" and f.declared and (f.class == nil or f.class == "cash") and speaks_of(words_of(f.name), hours) then
      warn(f, "hours-as-cash", format("benefit '%s' counts time as money in full; time_saved(\"...\", { cash = }) asks what share "
        .. "becomes money", f.name))
    end
  end
end

-- Whether one pool grants the hours of both flows.
local function share_a_pool(root, a, b)
  for _, pool in ipairs(root.pools) do
    local takes_a, takes_b = false, false
    for _, taker in ipairs(pool.takers) do
      local name = taker.part.prefix .. taker.name
      takes_a, takes_b = takes_a or a.name:find(name, 1, true) == 1, takes_b or b.name:find(name, 1, true) == 1
    end
    if takes_a and takes_b then return true end
  end
  return false
end

-- The names in both of two lists, but for some.
local function common(a, b, but)
  local in_a, both = {}, {}
  for _, name in ipairs(a) do in_a[name] = not but[name] end
  for _, name in ipairs(b) do
    if in_a[name] then both[#both + 1] = name end
  end
  return both
end

-- Draws that stand for chance itself, such as the error of a pilot's reading: nothing is counted by them.
local function plain_chance()
  local names = {}
  for _, d in ipairs(native.all_draws()) do names[d.name] = d.standard or d.yes_no or d.each_period end
  return names
end

-- Each benefit beside the earlier one that it shares most with.
local function counted_twice(root)
  local seen, chance = {}, plain_chance()
  for _, f in ipairs(root.all) do
    if f.kind == "benefit" and not f.outside then
      local rests, most, other = native.sources(f.series), {}, nil
      for _, s in ipairs(seen) do
        local both = common(s.rests, rests, chance)
        if #both > #most and not share_a_pool(root, s.flow, f) then most, other = both, s.flow end
      end
      if other then
        warn(f, "counted-twice", format("benefit '%s' rests on what '%s'%s rests on too: %s", f.name, other.name,
          helpers.at_line(" (line %d)", other.line), listed(most, 4)))
      end
      seen[#seen + 1] = { flow = f, rests = rests }
    end
  end
end

-- -- inputs

local effects = { "cut", "cuts", "lift", "uplift", "effect", "saving", "savings", "saved", "reduction", "gain", "gains", "improvement",
  "impact", "deflect", "deflection", "relief" }

-- Whether a range on one side of 0 begins there: what roi.pert(0, 0.2, 0.4) says is that it may do nothing, however rarely drawn.
local function begins_at_0(value)
  local median = native.quantile(value, 0.5)
  return native.quantile(value, median > 0 and 1e-12 or 1 - 1e-12) / median < 0.01
end

local function certain_effects(inputs)
  for _, input in ipairs(inputs) do
    local low, high = guards.range_of(input.value)
    if type(input.value) ~= "number" and low and speaks_of(words_of(input.name), effects) and (low > 0 or high < 0)
      and not begins_at_0(input.value) then
      local percent = low >= 1 and high <= 100 and format("; if it is a share, %s%% is written %s", short(high), short(high / 100)) or ""
      warn(input, "certain-effect", format("input '%s' can't be zero: 99.8%% of it lies from %s to %s%s", input.name, short(low),
        short(high), percent))
    end
  end
end

local rates = { "growth", "churn", "attrition", "decline", "decay", "turnover" }
local falls = { "churn", "attrition", "decline", "decay" }

-- Rates by their names, where they don't compound in a way that the graph shows.
local function rates_by_name(root, inputs)
  local model, known = root.model, {}
  if root.per_year == 1 then return end
  for _, r in ipairs(native.compounded(1, huge, -huge)) do known[r.name] = true end
  for _, input in ipairs(inputs) do
    local words = words_of(input.name)
    local rate = type(input.value) ~= "number" and native.quantile(input.value, 0.5)
    if rate and rate > 0 and rate < 1 and speaks_of(words, rates) and not known[input.name] and
      not native.converted(input.value, "period") then
      local sign = speaks_of(words, falls) and -1 or 1
      warn(input, "rate-by-period", format("'%s' is used by the %s: %s a %s is %s", input.name, model.period, short(rate), model.period,
        guards.percent_a_year(sign * rate, root.per_year)))
    end
  end
end

local function drawn_twice()
  local first = {}
  for _, d in ipairs(native.all_draws()) do
    if d.dist and not d.each_period and not d.yes_no and not d.standard then
      local other = first[d.dist]
      if other then
        warn(d, "drawn-twice", format("'%s' and '%s'%s are two draws of the same distribution", d.name, other.name,
          helpers.at_line(" (line %d)", other.line)))
      else
        first[d.dist] = d
      end
    end
  end
end

local many = 8

local function none_correlated(root)
  local names = {}
  for _, d in ipairs(native.all_draws()) do
    if not d.yes_no and not d.each_period and not d.standard then names[#names + 1] = d.name end
  end
  if #names < many or helpers.is_loaded("correlate") then return end
  warn(root, "no-correlation", format("%d uncertain inputs, and none are correlated: roisim MODEL.lua --stress shows what that is "
    .. "worth", #names))
end

-- -- units

local currencies = {}
for code in ("AED ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KRW MXN MYR NOK NZD PHP PLN RON RUB SAR SEK SGD "
  .. "THB TRY TWD UAH USD VND ZAR"):gmatch("%u+") do
  currencies[code] = true
end

-- The currencies that a unit names, by code.
local function currencies_in(unit)
  local found = {}
  for code in unit:gmatch("%f[%w]%u%u%u%f[%W]") do
    if currencies[code] then found[#found + 1] = code end
  end
  return found
end

-- Currencies with a rate of exchange among the inputs: a unit that names two.
local function exchanged(inputs)
  local rates_for = {}
  for _, input in ipairs(inputs) do
    local codes = input.notes.unit and currencies_in(input.notes.unit) or {}
    for _, code in ipairs(#codes > 1 and codes or {}) do rates_for[code] = true end
  end
  return rates_for
end

local function other_currencies(root, inputs)
  local own, rates_for = root.model.currency, exchanged(inputs)
  for _, input in ipairs(currencies[own] and inputs or {}) do
    local codes = input.notes.unit and currencies_in(input.notes.unit) or {}
    if #codes == 1 and codes[1] ~= own and not rates_for[codes[1]] and not native.converted(input.value, "any") then
      warn(input, "unit-conflict", format("input '%s' is in %s, the model in %s, and no rate of exchange is among the inputs", input.name,
        codes[1], own))
    end
  end
end

local function other_periods(root, inputs)
  for _, input in ipairs(inputs) do
    local period = input.notes.unit and input.notes.unit:lower():match("/%s*(%a+)%s*$")
    if period == "quarters" or period == "weeks" or period == "months" or period == "years" then period = period:sub(1, -2) end
    if period and helpers.parts.a_year[period] and period ~= root.model.period and type(input.value) ~= "number"
      and not native.converted(input.value, "period") then
      warn(input, "unit-conflict", format("input '%s' is in \"%s\", the model's period is a %s, and nothing seems to turn one into the "
        .. "other", input.name, input.notes.unit, root.model.period))
    end
  end
end

-- -- flows

local past = { "spent", "paid", "prepaid", "previous", "last year's" }

local function perhaps_past(flows)
  for _, f in ipairs(flows) do
    if f.kind == "cost" and not f.paid and speaks_of(words_of(f.name), past) and not helpers.parts.speaks_of_past(f.name) then
      warn(f, "sunk-cost", format("cost '%s': if it is paid already whatever is decided, say paid = true", f.name))
    end
  end
end

local function plain_flows(flows)
  for _, f in ipairs(flows) do
    if not f.paid and native.is_plain(f.series) then
      warn(f, "plain-amount", format("%s '%s' is a plain number: no sensitivity sees it", f.kind, f.name))
    end
  end
end

local function late_worth(root)
  local model, year = root.model, root.per_year
  if #root.all == 0 or model.horizon <= year then return end
  local results = root:results()
  native.stand_at(root.file, root.line)
  local net = results.net
  local last = native.sum(root:present(net) * native.compare("gt", native.time(native.start(net)), model.horizon - year))
  local holds = native.compare("all", native.compare("gt", results.npv, 0), native.compare("gt", 2 * last, results.npv))
  native.stand_at()
  local span = year == 1 and format("year %d", model.horizon) or format("the last %d of %d %ss", year, model.horizon, model.period)
  warn(root, "late-worth", format("with every input at its median, more than half of npv is earned in %s", span), holds)
end

-- -- pilots and gates

local function unused_shares(root)
  for _, pilot in ipairs(root.pilots) do
    if pilot.share ~= nil and not pilot.read.share then
      warn(pilot, "unused-share", format("nothing uses the share of %s", pilot.title))
    end
  end
end

-- Gates before which the use case already earns in full, as far as the script's words tell: it uses neither the period after a pass nor
-- a pilot's share.
local function early_roll_outs(root)
  for _, part in ipairs(root.cases) do
    local scaled = false
    for _, pilot in ipairs(root.pilots) do scaled = scaled or pilot.part == part and pilot.read.share end
    for _, gate in ipairs(part.gates) do
      if not scaled and not gate.read.next and not gate.read.passed and type(gate.at) == "number" and gate.at > 0 then
        native.stand_at(gate.file, gate.line)
        local earned = native.time(0) * 0
        for _, f in ipairs(part.flows) do
          if f.kind == "benefit" and not f.outside then earned = earned + part:arriving(f) end
        end
        warn(gate, "early-roll-out", format("nothing uses the next period of %s, and the use case earns before it decides in %s %d",
          gate.title, root.model.period, gate.at), native.compare("gt", native.cumsum(earned)[gate.at], 0))
        native.stand_at()
      end
    end
  end
end

-- -- KPIs

local function one_dimension(root)
  local list = root.all_kpis
  if #list < 2 then return end
  for _, k in ipairs(list) do
    if k.dimension ~= list[1].dimension then return end
  end
  warn(list[1], "one-dimension", format("all %d KPIs are %s", #list, list[1].dimension))
end

-- root: the model's part; flows: those of all parts
return function(root, inputs, flows)
  hours_as_cash(flows)
  counted_twice(root)
  certain_effects(inputs)
  rates_by_name(root, inputs)
  drawn_twice()
  none_correlated(root)
  other_currencies(root, inputs)
  other_periods(root, inputs)
  perhaps_past(flows)
  plain_flows(flows)
  late_worth(root)
  unused_shares(root)
  early_roll_outs(root)
  one_dimension(root)
end
end
