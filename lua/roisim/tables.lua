-- The tables that reports show of a model's parts: use cases, actors, KPIs, gates, pools, budgets, years, what stays outside npv. A
-- piece of lua/roisim.lua, loaded at the end of a script that has any of these; it gives back a function of the model's part. Each
-- table is declared to the engine (native.add_sheet), which estimates its cells.
return function(native, helpers)

local type, ipairs = type, ipairs
local format, concat = string.format, table.concat

local function mean(a) return type(a) == "number" and a or { stat = "mean", a = a } end
local function share(a) return { stat = "share", a = a } end
local function quantile(a, level) return type(a) == "number" and a or { stat = "quantile", a = a, level = level } end
local function ratio(a, b) return { stat = "ratio", a = a, b = b } end

local function column(key, title, kind) return { key = key, title = title, kind = kind } end
local function hidden(key, kind) return { key = key, title = key, kind = kind, shown = false } end

-- -- use cases and actors

local part_columns = {
  column("name", "", "text"), column("npv", "npv", "money"), column("npv_p5", "P5", "money"), column("npv_p95", "P95", "money"),
  column("npv_per_cost", "E[npv]/E[cost]", "share"), column("p_loss", "P(npv<0)", "share"), column("payback", "payback P50", "periods"),
  hidden("roi", "share"), hidden("department", "text"), hidden("owner", "text"), hidden("work", "text"), hidden("sources", "text"),
}

-- A payback with 0 where no funding was needed, so that a use case that pays from the first day does not look like one that never does.
local function payback_from_0(payback)
  if type(payback) == "number" then return payback ~= payback and 0 or payback end
  return native.where(native.compare("ge", payback, 0), payback, 0) -- a comparison with a state is false
end

local function part_row(part)
  local r = part:results()
  local never_costs = type(r.pv_cost) == "number" and r.pv_cost == 0
  return { part.name, mean(r.npv), quantile(r.npv, 0.05), quantile(r.npv, 0.95), not never_costs and ratio(r.npv, r.pv_cost),
    share(native.compare("lt", r.npv, 0)), quantile(payback_from_0(r.payback), 0.5), { stat = "summary", a = r.roi }, part.department or false,
    part.owner or false, part.work or false, part.sources and concat(part.sources, ", ") or false }
end

local function named(f) return format("%s (%s)", f.name, type(f.spread) == "table" and "by weight" or f.spread or "equal") end

-- How shared costs were spread, and what belongs to no use case.
local function spread_note(root)
  local shared, alone = {}, {}
  for _, f in ipairs(root.flows) do
    if not f.outside then
      if f.kind == "benefit" then alone[#alone + 1] = f.name else shared[#shared + 1] = named(f) end
    end
  end
  local text = {}
  if #shared > 0 then text[1] = format("Costs of the model's own, borne by its use cases: %s.", concat(shared, ", ")) end
  if #alone > 0 then text[#text + 1] = format("In no use case, but in the whole: %s.", concat(alone, ", ")) end
  return concat(text, " ")
end

local function part_sheet(key, title, note, list)
  local rows = {}
  for _, part in ipairs(list) do
    if #part.flows > 0 then rows[#rows + 1] = part_row(part) end
  end
  if #rows > 0 then native.add_sheet(key, title, note, part_columns, rows) end
end

-- -- KPIs

local kpi_columns = {
  column("name", "", "text"), column("by", "by", "number"), column("baseline", "baseline", "text"), column("target", "target", "text"),
  column("p5", "P5", "number"), column("median", "P50", "number"), column("p95", "P95", "number"), column("met", "met", "share"),
  hidden("use_case", "text"), hidden("department", "text"), hidden("goal", "text"), hidden("dimension", "text"), hidden("unit", "text"),
  hidden("source", "text"), hidden("measured", "text"), hidden("often", "text"), hidden("owner", "text"), hidden("better", "text"),
  hidden("value", "number"),
}

-- A number as people write it, "" for nothing, and what an uncertain one is called.
local function number_text(x)
  if x == nil then return "" end
  if type(x) == "string" then return x end
  return type(x) == "number" and format("%.6g", x) or "uncertain"
end

local function kpi_row(k, i)
  local v = k.values[i]
  return { k.part.prefix .. k.name, k.dates[i], number_text(k.baseline), (k.better == "lower" and "<= " or ">= ") .. number_text(k.targets[i]),
    quantile(v, 0.05), quantile(v, 0.5), quantile(v, 0.95), share(k.met[i]), k.part.kind == "use case" and k.part.name or false,
    k.part.department or false, k.goal or false, k.dimension, k.unit or false, k.source or false, k.measured or false, k.often or false,
    k.owner or k.part.owner or false, k.better, type(v) == "number" and v or { stat = "summary", a = v } }
end

local function kpi_sheet(list)
  local rows, one = {}, #list > 1
  for _, k in ipairs(list) do
    one = one and k.dimension == list[1].dimension
    for i = 1, #k.dates do rows[#rows + 1] = kpi_row(k, i) end
  end
  local note = "met: the chance of meeting the target at its date."
  if one then
    note = note .. format(" All KPIs are %s: what is financial, operational, strategic and of governance is rarely told by one kind.",
      list[1].dimension)
  end
  if #rows > 0 then native.add_sheet("kpis", "KPIs", note, kpi_columns, rows) end
end

-- -- gates

local gate_columns = {
  column("name", "", "text"), column("passed", "passed", "share"), column("npv", "npv with it", "money"),
  column("at_once", "at once", "money"), column("gain", "gain", "money"), column("not_starting", "not starting", "money"),
  hidden("p_loss", "share"), hidden("p_loss_at_once", "share"), hidden("use_case", "text"), hidden("gate", "text"),
}

-- The npv that the part would have had by committing at once: the roll-out from period 1, without this gate and its pilot.
local function at_once(gate, npv)
  local replaced = { gate.passed, 1, gate.next, 1 }
  if gate.pilot and gate.pilot.cost then replaced[5], replaced[6] = gate.pilot.cost, 0 end
  return native.what_if(npv, replaced)
end

-- What the engine needs to look for the threshold that is worth most: the part's npv where the condition holds and where it does not.
local function add_decision(part, gate, npv)
  local pass, stop = native.what_if(npv, { gate.asks, 1 }), native.what_if(npv, { gate.asks, 0 })
  if not pass or not stop then return end
  native.stand_at(gate.file, gate.line)
  native.add_decision(part.prefix .. gate.name, gate.condition, pass, stop)
  native.stand_at(part.file, part.line)
end

local function gate_sheet(parts)
  local rows, note = {}, "at once: rolled out from the first period, without this gate and the pilot before it. gain: the mean "
    .. "difference, trial by trial."
  for _, part in ipairs(parts) do
    local npv = #part.gates > 0 and part:results().npv
    for _, gate in ipairs(part.gates) do
      local once, why = at_once(gate, npv)
      add_decision(part, gate, npv)
      if not once then note = format("%s %s can't be compared with committing at once: %s.", note, gate.title, why) end
      rows[#rows + 1] = { part.prefix .. gate.name, share(gate.passed), mean(npv), once and mean(once) or false,
        once and mean(npv - once) or false, 0, share(native.compare("lt", npv, 0)),
        once and share(native.compare("lt", once, 0)) or false, part.name, gate.name }
    end
  end
  if #rows > 0 then native.add_sheet("gates", "Gates", note, gate_columns, rows) end
end

-- -- pools and budgets

local pool_columns = {
  column("name", "", "text"), column("hours", "there", "number"), column("asked", "asked", "number"), column("granted", "granted", "number"),
  column("binds", "binds", "share"), hidden("rule", "text"),
}

local function pool_sheet(root)
  local rows = {}
  for _, pool in ipairs(root.pools) do
    local asked, granted = native.time(0) * 0, native.time(0) * 0
    for i, s in ipairs(pool.asked) do
      asked, granted = asked + native.max(s, 0), granted + native.max(pool.granted[i], 0)
    end
    local short = native.max_over(asked - pool.hours)
    rows[#rows + 1] = { pool.name, mean(native.sum(pool.hours)), mean(native.sum(asked)), mean(native.sum(granted)),
      share(native.compare("gt", short, 0)), pool.rule }
  end
  if #rows == 0 then return end
  native.add_sheet("pools", "Pools", format("Sums over %d %ss. binds: the chance that more is asked than there is in some %s.",
    root.model.horizon, root.model.period, root.model.period), pool_columns, rows)
end

local budget_columns = {
  column("name", "", "text"), column("ceiling", "ceiling", "money"), column("every", "each", "text"), column("spent", "spent", "money"),
  column("overrun", "overrun", "share"), column("size", "by, if so", "money"), column("first", "first, P50", "periods"),
  column("alert", "alert, P50", "periods"), column("p_alert", "P(alert)", "share"), hidden("alert_at", "number"),
}

-- The ceiling of each span, or nothing where they differ.
local function one_ceiling(b)
  for _, c in ipairs(b.ceilings) do
    if c ~= b.ceilings[1] then return false end
  end
  return mean(b.ceilings[1])
end

local function budget_sheet(root)
  local rows, differ = {}, false
  for _, b in ipairs(root.budgets) do
    b.evaluate()
    rows[#rows + 1] = { b.name, one_ceiling(b), b.every or "in all", mean(b.spent), share(b.is_over),
      type(b.over) ~= "number" and ratio(b.over, b.is_over), quantile(b.first_over, 0.5), quantile(b.first_alert, 0.5),
      share(native.compare("le", b.first_alert, root.model.horizon)), b.alert }
    differ = differ or not rows[#rows][2]
  end
  if #rows == 0 then return end
  native.add_sheet("budgets", "Budgets",
    format("alert: the first %s with the alert's share of a ceiling spent. Undiscounted; without losses of risks.%s", root.model.period,
      differ and " No ceiling shown: it differs from time to time." or ""),
    budget_columns, rows)
end

-- -- years

local year_columns = {
  column("year", "", "text"), column("benefits", "benefits", "money"), column("costs", "costs", "money"), column("net", "net", "money"),
  column("cumulative", "cumulative", "money"), column("roi_to_date", "E[npv]/E[cost] to date", "share"),
}

local function year_sheet(root)
  local n, horizon = root.per_year, root.model.horizon
  if horizon <= n or #root.all == 0 then return end
  local sides = { benefit = native.time(0) * 0, cost = native.time(0) * 0 }
  for _, r in ipairs(root:results().rows) do
    local side = r.kind == "benefit" and "benefit" or "cost"
    sides[side] = sides[side] + r.series
  end
  local so_far = { benefit = native.cumsum(sides.benefit), cost = native.cumsum(sides.cost) }
  local rows, before = {}, { benefit = 0.0, cost = 0.0 }
  for y = 1, -(-horizon // n) do
    local last = y * n < horizon and y * n or horizon
    local b, c = so_far.benefit[last], so_far.cost[last]
    local worth, spent = root:to_date(last)
    rows[y] = { format("year %d", y), mean(b - before.benefit), mean(c - before.cost), mean(b - before.benefit - (c - before.cost)),
      mean(b - c), not (type(spent) == "number" and spent == 0) and ratio(worth - spent, spent) }
    before = { benefit = b, cost = c }
  end
  native.add_sheet("years", "Years", "Undiscounted means but for the last column, of present values. What falls at the start is in year 1.",
    year_columns, rows)
end

-- -- what stays outside npv, and costs by what they are for

local function outside_sheet(root)
  local rows = {}
  for _, f in ipairs(root.all) do
    if f.outside then
      rows[#rows + 1] = { f.name, f.paid and "sunk" or f.class, mean(native.sum(root:present(f.part:arriving(f)))) }
    end
  end
  if #rows == 0 then return end
  native.add_sheet("outside_npv", "Outside npv", "Present values, no part of any figure above.",
    { column("name", "", "text"), column("kind", "kind", "text"), column("pv", "mean PV", "money") }, rows)
end

local function category_sheet(root)
  local order, sums, any = {}, {}, false
  for _, r in ipairs(root:results().rows) do
    if r.kind == "cost" and r.flow then
      local c = r.flow.category or "other"
      any = any or r.flow.category ~= nil and r.flow.category ~= "pilot"
      if not sums[c] then order[#order + 1], sums[c] = c, 0.0 end
      sums[c] = sums[c] + r.pv
    end
  end
  if not any then return end
  local rows = {}
  for i, c in ipairs(order) do rows[i] = { c, mean(sums[c]) } end
  native.add_sheet("costs_by_category", "Costs by category", "Present values.",
    { column("category", "", "text"), column("pv", "mean PV", "money") }, rows)
end

return function(root)
  native.stand_at(root.file, root.line)
  part_sheet("use_cases", "Use cases", spread_note(root), root.cases)
  part_sheet("actors", "Actors", "Rivals: each stands for itself, and nothing is added up.", root.actors)
  kpi_sheet(root.all_kpis)
  gate_sheet(root.cases)
  budget_sheet(root)
  pool_sheet(root)
  if #root.all > 0 then
    year_sheet(root)
    outside_sheet(root)
    category_sheet(root)
    if root.usual then helpers.piece("usual_method").sheet(root) end
  end
  native.stand_at()
end
end
