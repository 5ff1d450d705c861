-- KPIs: what an organisation watches to see whether a project does what it is for, financial or not, in the form in which small
-- firms write them down. A piece of lua/roisim.lua, loaded at the first call of a part's kpi.
--
-- The value is an expression, so a result is its distribution at each date and the chance of meeting the target. Where a gate has
-- stopped the use case before the date, nothing has changed: there the value is the baseline, or, if that is not known, the target is
-- not met whatever the value would have been.
return function(native, helpers)

local type, ipairs, huge = type, ipairs, math.huge
local format = string.format
local failf, word, check_options = helpers.failf, helpers.word, helpers.check_options
local check_number, is_whole = helpers.check_number, helpers.is_whole
local shape, describe, place = native.shape, native.describe, native.place

local dimensions = { "financial", "operational", "strategic", "governance" }
local directions = { "higher", "lower" }
local texts = { "goal", "unit", "measured", "often", "source", "owner" }
local known = { "goal", "unit", "measured", "often", "source", "owner", "dimension", "value", "baseline", "target", "by", "better" }
local example = "kpi(\"response time\", { dimension = \"operational\", value = , baseline = 8, target = 5.6, by = 6, better = \"lower\" })"

local finite = { holds = function(v) return v > -huge and v < huge end, says = "a finite number" }

local function one_of(what, field, value, list)
  for _, item in ipairs(list) do
    if item == value then return value end
  end
  return failf("%s: %s = %s must be one of %s%s", what, field, describe(value), table.concat(list, ", "),
    native.suggest(word(value), list))
end

-- A number, or a list of as many as there are dates.
local function for_dates(what, field, value, dates)
  if type(value) ~= "table" then
    value = check_number(what, field, value, finite)
    local list = {}
    for i = 1, #dates do list[i] = value end
    return list
  end
  if #value ~= #dates then
    failf("%s: %s has %d values for %d date%s in by", what, field, #value, #dates, #dates == 1 and "" or "s")
  end
  local list = helpers.whole_list(format("%s: %s", what, field), value)
  for i, v in ipairs(list) do list[i] = check_number(what, format("%s, value %d", field, i), v, finite) end
  return list
end

local function read_dates(what, part, by)
  local horizon = part.model.horizon
  if by == nil then return { horizon } end
  local dates = type(by) == "table" and by or { by }
  if #dates == 0 then failf("%s: by is an empty list; write by = 6, or by = { 6, 12 }", what) end
  dates = helpers.whole_list(what .. ": by", dates)
  for i, p in ipairs(dates) do
    if not is_whole(p, 1, horizon) then
      failf("%s: by must be a whole %s from 1 to the horizon %d, not %s", what, part.model.period, horizon, describe(p))
    end
    if i > 1 and p <= dates[i - 1] then failf("%s: the dates in by must rise, but %d follows %d", what, p, dates[i - 1]) end
  end
  return dates
end

-- How messages begin, and the script's fields, checked.
local function read(part, name, spec)
  if type(name) ~= "string" or name == "" then
    failf("%s:kpi(name, { ... }): the name must be a text, not %s", part.called, describe(name))
  end
  helpers.check_length("kpi", name)
  local what = format("kpi '%s'", name)
  for _, other in ipairs(part.kpis) do
    if other.name == name then failf("%s: a kpi of that name %s; names must differ", what, helpers.stands(other.line)) end
  end
  if type(spec) ~= "table" then failf("%s takes a table, not %s; write %s", what, describe(spec), example) end
  spec = check_options(what, spec, known)
  for _, field in ipairs(texts) do
    if spec[field] ~= nil and (type(spec[field]) ~= "string" or spec[field] == "") then
      failf("%s: %s must be a text that is not empty, not %s", what, field, describe(spec[field]))
    end
  end
  for _, field in ipairs { "dimension", "value", "target" } do
    if spec[field] == nil then failf("%s: %s is missing; write %s", what, field, example) end
  end
  one_of(what, "dimension", spec.dimension, dimensions)
  if spec.better ~= nil then one_of(what, "better", spec.better, directions) end
  if not shape(spec.value) then
    failf("%s: value must be a number, an uncertain number or a series, not %s", what, describe(spec.value))
  elseif spec.value == -huge then
    failf("%s: value is minus infinite: a plain calculation gave it, such as -1/0", what)
  elseif spec.value == huge and not native.never_given() then
    failf("%s: value is infinite: a plain calculation gave it, such as 1/0; what never comes is written roi.never", what)
  elseif spec.value ~= spec.value and not native.is_state(spec.value) then
    failf("%s: value is not a number (nan): a plain calculation gave it, such as 0/0", what)
  elseif shape(spec.value) == "number" and spec.value == spec.value then
    helpers.check_size(what .. ": value", spec.value)
  end
  return what, spec
end

-- A target that the baseline meets says nothing of the project.
local function warn_of_target(what, k)
  local lower = k.better == "lower"
  for i, target in ipairs(k.targets) do
    local b = k.baseline
    if type(b) == "number" and type(target) == "number" and (lower and b <= target or not lower and b >= target) then
      native.warn(k.file, k.line, format("%s: the target %g is met by the baseline %g already%s", what, target, b,
        k.better_given and "" or "; if less is better, say better = \"lower\""), "kpi-target")
      return
    end
  end
end

-- Where nothing has stopped the part, from period 0 on; nil if nothing can.
local function running(part)
  local on
  for _, r in ipairs(part.stops) do on = on and r * on or r end
  return on
end

-- What the value is at a date and whether it meets the target.
local function standing(k, value, on, i)
  local p, baseline = k.dates[i], k.baseline
  local v, known = shape(value) == "series" and value[p] or value, baseline ~= nil and type(baseline) ~= "string"
  if on and known then v = native.where(on[p], v, baseline) end
  local met = native.compare(k.better == "lower" and "le" or "ge", v, k.targets[i])
  return v, on and not known and native.compare("all", on[p], met) or met
end

-- kpi(name, { dimension =, value =, target =, by =, baseline =, better =, ... })
local function kpi(part, name, fields)
  local what, spec = read(part, name, fields)
  local file, line = place()
  local k = { name = name, part = part, file = file, line = line or 0, dimension = spec.dimension, baseline = spec.baseline,
    better = spec.better or "higher", better_given = spec.better ~= nil, dates = read_dates(what, part, spec.by), values = {}, met = {} }
  for _, field in ipairs(texts) do k[field] = spec[field] end
  if k.baseline == "" then failf("%s: baseline must be a number or a text that says why there is none, not an empty text", what) end
  if k.baseline ~= nil and type(k.baseline) ~= "string" then check_number(what, "baseline", k.baseline, finite) end
  k.targets = for_dates(what, "target", spec.target, k.dates)
  warn_of_target(what, k)
  -- Gates that follow in the script count too, so the value is made when it has ended.
  part.root.finishers[#part.root.finishers + 1] = function()
    native.stand_at(file, line)
    local value, on = spec.value, running(part)
    for i in ipairs(k.dates) do k.values[i], k.met[i] = standing(k, value, on, i) end
    native.add_label(part.prefix .. name, k.values[#k.dates]) -- conditions see it as it is at the last date
    native.stand_at()
  end
  part.kpis[#part.kpis + 1], part.root.all_kpis[#part.root.all_kpis + 1] = k, k
end

return { kpi = kpi, dimensions = dimensions }
end
