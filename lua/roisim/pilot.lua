-- Pilots and gates: what is tried before it is rolled out, what the trial lets one read, and the decision that rests on it. A piece of
-- lua/roisim.lua, loaded at the first call of use_case:pilot or use_case:gate.
--
-- A reading is the truth with the error of a measurement: of = truth, sd = deviation of one observation, n and control the sizes of
-- both groups; its standard error is sd sqrt(1/n + 1/control), that of a difference of two means (without a control group sd
-- sqrt(1/n), that of one). A gate decides by readings; the truth behind them is not known to who decides.
return function(native, helpers)

local type, ipairs, huge, ceil = type, ipairs, math.huge, math.ceil
local format = string.format
local failf, word, check_options, names_of = helpers.failf, helpers.word, helpers.check_options, helpers.names_of
local check_number, is_whole = helpers.check_number, helpers.is_whole
local shape, describe, place = native.shape, native.describe, native.place

local share_rule = { holds = function(v) return v > 0 and v <= 1 end, says = "above 0 and at most 1 (20% is written 0.2)" }
local not_negative = { holds = function(v) return v >= 0 and v < huge end, says = "0 or more" }
local finite = { holds = function(v) return v > -huge and v < huge end, says = "a finite number" }
local above_0 = { holds = function(v) return v > 0 and v < huge end, says = "above 0" }

local pilots = {} -- proxy -> pilot

-- A read-only view of fields; read: where to note those that the script has read.
local function view_of(title, fields, read)
  return native.proxy { __metatable = false, __name = title,
    __index = function(_, name)
      local v = fields[name]
      read[name] = true
      if v == nil then failf("%s has no '%s'%s", title, word(name), helpers.hint(name, names_of(fields))) end
      return v
    end,
    __newindex = function(_, name) failf("%s can't be changed: '%s' is set where it is declared", title, word(name)) end }
end

-- -- pilots

local reading_example = "reads = { cut = { of = effect, sd = 0.8, n = 300, control = 300 } }"

-- A number or uncertain number among a reading's fields.
local function reading_field(what, spec, field, rule, default)
  local value = spec[field]
  if value == nil then value = default end
  if value == nil then failf("%s: %s is missing; write %s", what, field, reading_example) end
  return check_number(what, field, value, rule)
end

local function read_one(part, title, pilot_name, name, spec)
  local what = format("%s, reading '%s'", title, name)
  if type(spec) ~= "table" then
    failf("%s takes { of = , sd = , n = , control = 0 }, not %s; write %s", what, describe(spec), reading_example)
  end
  spec = check_options(what, spec, { "of", "sd", "n", "control" })
  local of = spec.of
  if of == nil then failf("%s: of is missing: the value that the pilot tries to measure; write %s", what, reading_example) end
  of = check_number(what, "of", of, finite)
  local sd = reading_field(what, spec, "sd", not_negative)
  local n = reading_field(what, spec, "n", above_0)
  local control = reading_field(what, spec, "control", not_negative, 0)
  local variance = 1 / n
  if control ~= 0 then variance = variance + 1 / control end
  local full = format("%s%s.%s", part.prefix, pilot_name, name)
  local noise = native.draw_named(native.normal(0, 1), full .. ".noise")
  local reading = of + sd * native.sqrt(variance) * noise
  native.add_label(full, reading)
  return reading
end

local function whole_periods(what, part, spec)
  if (spec.weeks == nil) == (spec.periods == nil) then
    failf("%s: say how long it takes, weeks = 4 or periods = 1%s", what, spec.weeks ~= nil and ", not both" or "")
  end
  local field = spec.weeks ~= nil and "weeks" or "periods"
  local length = spec[field]
  if type(length) ~= "number" or not (length > 0 and length < huge) then
    failf("%s: %s must be a plain number above 0, not %s", what, field, describe(length))
  end
  length = ceil(field == "weeks" and (length + 0.0) * part.per_year / 52 or length + 0.0)
  if length > part.model.horizon then
    failf("%s: %s %s is longer than the horizon of %d %ss", what, field, describe(spec[field]), part.model.horizon, part.model.period)
  end
  return length
end

local piece = {}

-- use_case:pilot { name = "pilot", weeks = | periods =, start = 1, share =, cost =, reads = { NAME = { of =, sd =, n =, control = 0 } } }
function piece.pilot(part, spec)
  if type(spec) ~= "table" then
    failf("%s: pilot takes { weeks = 4, share = 0.2, cost = 3000, reads = { ... } }, not %s", part.title, describe(spec))
  end
  local name = spec.name == nil and "pilot" or spec.name
  if type(name) ~= "string" or name == "" then failf("%s: the pilot's name must be a text, not %s", part.title, describe(name)) end
  helpers.check_length("pilot", name)
  local what = format("%s, %s", part.title, name == "pilot" and "the pilot" or format("pilot '%s'", name))
  spec = check_options(what, spec, { "name", "weeks", "periods", "start", "share", "cost", "reads" })
  local start, length = spec.start == nil and 1 or spec.start, whole_periods(what, part, spec)
  if not is_whole(start, 1, part.model.horizon) then
    failf("%s: start must be a whole period from 1 to the horizon %d, not %s", what, part.model.horizon, describe(start))
  end
  local last = start + length - 1
  if last > part.model.horizon then
    failf("%s ends in %s %.0f, after the horizon of %d", what, part.model.period, last, part.model.horizon)
  end
  local file, line = place()
  local pilot = { part = part, title = what, start = start, last = last, readings = {}, share = spec.share, read = {}, file = file,
    line = line or 0 }
  local fields = { start = start, last = last }
  if spec.share ~= nil then fields.share = check_number(what, "share", spec.share, share_rule) end
  if spec.cost ~= nil then
    local cost = check_number(what, "cost", part:input(name .. ".cost", spec.cost), not_negative)
    pilot.cost = native.promise("scalar", format("the cost of %s", what)) -- which is 0 in the comparison without the pilot
    native.keep(pilot.cost, cost)
    -- Gates that follow don't stop what was paid before; where a gate before has stopped it all, there is no pilot.
    part:flow("cost", name, part:active(native.at(start, pilot.cost)), { category = "pilot", always = true })
  end
  if spec.reads ~= nil and type(spec.reads) ~= "table" then
    failf("%s: reads takes { NAME = { of = , sd = , n = } }, not %s", what, describe(spec.reads))
  end
  for _, reading in ipairs(names_of(spec.reads or {})) do
    helpers.check_length("reading", reading)
    if fields[reading] ~= nil then failf("%s: a reading can't be called '%s'", what, reading) end
    fields[reading] = read_one(part, what, name, reading, spec.reads[reading])
    pilot.readings[#pilot.readings + 1] = fields[reading]
  end
  part.root.pilots[#part.root.pilots + 1] = pilot
  local proxy = view_of(what, fields, pilot.read)
  pilots[proxy] = pilot
  return proxy
end

-- -- gates

local gate_example = "gate { after = pilot, continue_if = roi.ge(pilot.cut, 0.2), stop_cost = 1000 }"

-- All that is known to who decides: what pilots of the model read, of the one left out excepted, and which use cases are taken.
local function readings(root, left_out)
  local list = {}
  for _, case in ipairs(root.cases) do list[#list + 1] = case.taken end
  for _, pilot in ipairs(root.pilots) do
    for _, value in ipairs(pilot ~= left_out and pilot.readings or {}) do list[#list + 1] = value end
  end
  return list
end

-- The first pilot that ends after period `at` and that the condition, which rests on readings alone, needs.
local function late_pilot(root, condition, at)
  for _, pilot in ipairs(type(at) == "number" and root.pilots or {}) do
    if pilot.last > at and native.first_draw(condition, readings(root, pilot)) then return pilot end
  end
end

local function check_condition(what, part, spec, at)
  local condition = spec.continue_if
  if condition == nil then failf("%s: continue_if is missing; write %s", what, gate_example) end
  local s = shape(condition)
  -- With --set or a scenario what it rests on may be known: then it is decided, and the same in all trials.
  if helpers.is_replaced and (condition == 0 or condition == 1) then return condition end
  if s == "number" or type(condition) == "boolean" then
    failf("%s: continue_if is a plain value, %s, so there is nothing to decide; write %s", what, describe(condition), gate_example)
  elseif s ~= "scalar" then
    failf("%s: continue_if must be a condition, such as roi.ge(pilot.cut, 0.2), not %s", what, describe(condition))
  elseif not native.is_condition(condition) then
    failf("%s: continue_if must be a condition, which is 1 or 0, such as roi.ge(pilot.cut, 0.2): this is a number", what)
  end
  if spec.oracle ~= nil and type(spec.oracle) ~= "boolean" then
    failf("%s: oracle must be true or false, not %s", what, describe(spec.oracle))
  end
  if spec.oracle then return condition end
  local hidden = native.first_draw(condition, readings(part.root))
  if hidden then
    failf("%s: continue_if rests on '%s', whose true value nobody knows when deciding: decide by a reading of a pilot (%s), or say " ..
      "oracle = true to see what perfect knowledge would bring", what, hidden, reading_example)
  end
  local late = late_pilot(part.root, condition, at)
  if late then
    failf("%s decides in %s %d by what %s reads, which ends in %s %d: write after = PILOT, or a later at", what, part.model.period, at,
      late.title, part.model.period, late.last)
  end
  return condition
end

-- The period of the decision and the pilot it follows, if it does.
local function when(what, part, spec)
  if (spec.after == nil) == (spec.at == nil) then
    failf("%s: say when it decides, after = PILOT or at = PERIOD%s", what, spec.after ~= nil and ", not both" or "")
  end
  if spec.after ~= nil then
    local pilot = pilots[spec.after]
    if not pilot then failf("%s: after must be what %s:pilot { ... } gave, not %s", what, part.called, describe(spec.after)) end
    if pilot.last >= part.model.horizon then
      failf("%s decides after %s, which ends with the horizon, in %s %d: there is nothing left to stop", what, pilot.title,
        part.model.period, pilot.last)
    end
    return pilot.last, pilot
  end
  local at = spec.at
  local s = shape(at)
  if s ~= "number" and s ~= "scalar" then failf("%s: at must be a period, a number or uncertain, not %s", what, describe(at)) end
  if s == "number" and not is_whole(at, 0, huge) then failf("%s: at %s must be a whole period, 0 or more", what, describe(at)) end
  if s == "number" and at >= part.model.horizon then
    failf("%s: at %g lies outside the horizon: after the last %s, %d, there is nothing to stop", what, at, part.model.period,
      part.model.horizon)
  end
  return s == "number" and at or native.max(at, 0) -- what is decided before the start is decided at the start
end

-- 1 up to the decision, 1 after it where it was passed, from period 0 on.
local function running(at, passed)
  local after = native.compare("gt", native.time(0), native.ceil(at))
  return native.where(after, passed, 1)
end

-- use_case:gate { after = PILOT | at = PERIOD, continue_if =, stop_cost = 0, oracle = false, name = "gate" }
function piece.gate(part, spec)
  if type(spec) ~= "table" then failf("%s: gate takes %s, not %s", part.title, gate_example, describe(spec)) end
  local number = #part.gates + 1
  local name = spec.name
  if name == nil then name = number == 1 and "gate" or "gate" .. number end
  if type(name) ~= "string" or name == "" then failf("%s: the gate's name must be a text, not %s", part.title, describe(name)) end
  helpers.check_length("gate", name)
  local what = format("%s, %s", part.title, name == "gate" and "the gate" or format("gate '%s'", name))
  spec = check_options(what, spec, { "name", "after", "at", "continue_if", "stop_cost", "oracle" })
  for _, other in ipairs(part.gates) do
    if other.name == name then failf("%s: a gate of that name %s; names must differ", what, helpers.stands(other.line)) end
  end
  local at, pilot = when(what, part, spec)
  local condition = check_condition(what, part, spec, at)
  -- A gate after another is only reached where that was passed.
  local before = part.gates[number - 1]
  if before and type(at) == "number" and type(before.at) == "number" and at < before.at then
    failf("%s decides in %s %d, before the gate%s does, in %s %d: a gate is only reached where those above it are passed, so " ..
      "write them in the order of their decisions", what, part.model.period, at, helpers.at_line(" on line %d", before.line),
      part.model.period, before.at)
  end
  local asks = native.promise("scalar", format("the condition of %s", what)) -- open, so that it can be taken as met or not met
  native.keep(asks, condition)
  local passes = before and native.compare("all", before.passed, asks) or asks
  if part.taken then passes = native.compare("all", part.taken, passes) end -- what is not taken is never passed
  local passed = native.promise("scalar", format("whether %s is passed", what))
  local next_period = native.promise("period", format("%s.next", what))
  native.keep(passed, passes)
  native.keep(next_period, native.where(passed, native.ceil(at) + 1, native.given(huge)))
  native.add_label(format("%s%s.passed", part.prefix, name), passed)
  part:stop(running(at, passed), what)
  if spec.stop_cost ~= nil then
    local cost = check_number(what, "stop_cost", part:input(name .. ".stop_cost", spec.stop_cost), not_negative)
    local stopped = before and native.max(before.passed - passed, 0) or 1 - passed
    part:flow("cost", name .. ".stop", native.at(at, stopped * cost), { category = "pilot", always = true })
  end
  local file, line = place()
  part.gates[number] = { name = name, title = what, part = part, at = at, pilot = pilot, condition = condition, asks = asks,
    passed = passed, next = next_period, file = file, line = line or 0, read = {} }
  return view_of(what, { at = at, next = next_period, passed = passed }, part.gates[number].read)
end

return piece
end
