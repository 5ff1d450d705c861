-- Risks and events: losses that come once or several times, prices that jump, a use case that is given up. A piece of lua/roisim.lua,
-- loaded at the first call of one of them; it gives back the methods of a part.
--
-- What happens at most once has the draws NAME.occurs and, where the script gave a distribution, NAME.loss (or NAME.factor) and
-- NAME.at. All are inputs, so that --set can say what happens. Losses that come several times are drawn anew each period: their
-- draws are NAME.number and NAME.loss, NAME.loss.2, ...
return function(native, helpers)

local type, ipairs, pairs, huge = type, ipairs, pairs, math.huge
local format = string.format
local failf, word, check_options, names_of = helpers.failf, helpers.word, helpers.check_options, helpers.names_of
local check_number = helpers.check_number
local shape, describe, place = native.shape, native.describe, native.place
local fields, shift = helpers.piece("fields"), helpers.piece("shift")
local rules = fields.rules

local handles = {} -- proxy -> what is known of the event: what, occurs, at

local function never() return native.given(huge) end

-- What scripts see of an event. values: its fields; made: those that are worked out when asked for.
local function handle_of(event, values, made)
  local proxy = native.proxy { __metatable = false, __name = event.what,
    __index = function(_, name)
      if values[name] == nil and made[name] then values[name] = made[name]() end
      if values[name] ~= nil then return values[name] end
      failf("%s has no '%s'%s", event.what, word(name), helpers.hint(name, names_of(values, made)))
    end,
    __newindex = function(_, name) failf("%s can't be changed: '%s' is what the model makes of it", event.what, word(name)) end }
  handles[proxy] = event
  return proxy
end

-- -- whether and when

local function check_name(part, method, name)
  if type(name) ~= "string" or name == "" then
    failf("%s:%s(name, { ... }): the name must be a text, not %s", part.called, method, describe(name))
  end
  helpers.check_length(method, name)
end

-- The draw NAME.occurs, 1 with this probability, or what --set says.
local function draw_occurs(part, what, name, probability)
  local inputs, full = helpers.inputs, part.prefix .. name .. ".occurs"
  inputs.take_name("the risk's draw", full)
  local occurs, is_set = inputs.setting_or(full, nil)
  if not is_set then occurs = native.occurs(full, probability) end
  if type(occurs) == "number" and occurs ~= 0 and occurs ~= 1 then
    failf("%s: %s is 0 or 1, or a distribution of these, not %s", what, full, describe(occurs))
  end
  return inputs.add(full, occurs, is_set)
end

-- A number that can be set by the name of its field: the input NAME.FIELD if it is a distribution without a name, or a plain number
-- where `numbers`; in other cases as it is.
local function draw_field(part, name, field, value, numbers)
  local full = part.prefix .. name .. "." .. field
  local draw, unnamed = native.is_draw(value)
  if not (draw and unnamed or numbers and type(value) == "number") then return value end
  helpers.inputs.take_name("the risk's draw", full)
  return helpers.inputs.add(full, value)
end

-- A moment may lie before the decision where it is computed; what is placed there is an error that names it.
local moment = { holds = helpers.is_moment, says = "a period, or roi.never", hint = helpers.never_hint }
local anything = { holds = function() return true end }

local function check_scalar(what, field, value) return check_number(what, field, value, moment) end

-- The period from `at`: NAME.at if no draw of the script has that name already.
local function draw_at(part, what, name, at)
  local full = part.prefix .. name .. ".at"
  if not helpers.inputs.is_taken(full) and not native.draw_node(full) then at = draw_field(part, name, "at", at) end
  return check_scalar(what, "at", at)
end

-- A period drawn from { first, last }, each as likely.
local function draw_between(part, what, name, between)
  if type(between) ~= "table" or #between ~= 2 then
    failf("%s: between takes the first and the last period, such as { 6, 18 }, not %s", what,
      type(between) == "table" and format("a list of %d", #between) or describe(between))
  end
  for key in pairs(between) do
    if not helpers.is_whole(key, 1, 2) then failf("%s: between takes { first, last } alone, not '%s' too", what, word(key)) end
  end
  local first, last = check_scalar(what, "between", between[1]), check_scalar(what, "between", between[2])
  for _, v in ipairs { first, last } do
    if type(v) == "number" and not helpers.is_whole(v, 0, 65535) then
      failf("%s: between: %g must be a whole period, 0 or more", what, v)
    end
  end
  if type(first) == "number" and type(last) == "number" and last < first then
    failf("%s: between: the last period %g comes before the first, %g", what, last, first)
  end
  part:warn_late(what, first)
  if first == last then return first end
  local inputs, full = helpers.inputs, part.prefix .. name .. ".at"
  inputs.take_name("the risk's draw", full)
  local at, is_set = inputs.setting_or(full, nil)
  if is_set then return check_scalar(what, "at", inputs.add(full, at, true)) end
  return native.min(native.floor(inputs.add(full, native.uniform(first, last + 1))), last)
end

-- The event behind what a script gave as triggered_by.
local function trigger_of(what, value)
  local event = handles[value]
  if not event then
    failf("%s: triggered_by must be what risk(...) or another event gave, not %s", what, describe(value))
  elseif event.timeless then
    failf("%s: triggered_by: %s is no event with a period of its own: take a risk, a price_shock or an abandonment", what, event.what)
  elseif not event.occurs then
    failf("%s: triggered_by: %s comes any number of times, and only what comes once can trigger another; give it a probability", what,
      event.what)
  end
  return event
end

-- How the script said when it comes: exactly one of these fields.
local function check_when(what, spec, example)
  local given, n = nil, 0
  for _, field in ipairs { "at", "between", "triggered_by" } do
    if spec[field] ~= nil then given, n = given or field, n + 1 end
  end
  if n == 0 then failf("%s: at is missing; write %s, or between = { 6, 18 }, or triggered_by = another risk", what, example) end
  if n > 1 then failf("%s: say when it comes by one of at, between and triggered_by", what) end
  if spec.lag ~= nil and given ~= "triggered_by" then
    failf("%s: lag is the time from another risk's coming to this one's: say which, triggered_by = ", what)
  end
end

-- When it comes, and the event with what came before it taken into account. own: whether it occurs by itself.
local function draw_when(part, what, name, spec, own)
  if spec.triggered_by == nil then
    local at = spec.between ~= nil and draw_between(part, what, name, spec.between) or draw_at(part, what, name, spec.at)
    if type(at) == "number" and not (at > -1) then failf("%s: at %s is before 0, the moment of decision", what, describe(at)) end
    return { what = what, occurs = own, at = at }
  end
  local trigger, lag = trigger_of(what, spec.triggered_by), spec.lag
  if lag == nil then lag = 0 end
  lag = fields.number(what, { "lag", rules.not_negative }, draw_field(part, name, "lag", lag))
  return { what = what, occurs = own * trigger.occurs, at = trigger.at + lag }
end

-- The period of an event, never where it does not occur.
local function moment_of(event)
  return function() return native.where(event.occurs, native.ceil(event.at), never()) end
end

-- -- risks

local risk_example = "{ probability = 0.1, loss = 50000, at = 12 }"
local once_fields = { "probability", "loss", "severity", "at", "between", "triggered_by", "lag", "duration", "basis" }
local often_fields = { "per_year", "loss", "severity", "duration", "most", "basis" }

local function check_loss(what, field, loss) return check_number(what, field, loss, rules.finite) end

local function loss_of(what, spec)
  if spec.loss ~= nil and spec.severity ~= nil then failf("%s: loss and severity are two names of one thing: give one", what) end
  local field = spec.loss == nil and spec.severity ~= nil and "severity" or "loss"
  local loss = spec[field]
  if loss == nil then
    failf("%s: loss is missing; write %s", what, spec.per_year ~= nil and "{ per_year = 0.5, loss = 20000 }" or risk_example)
  end
  if type(loss) == "number" and check_loss(what, field, loss) < 0 then
    local file, line = place()
    native.warn(file, line, format("%s: the loss is below 0 (%g): losses are written as positive amounts", what, loss), "negative-flow")
  end
  return loss, field
end

local function duration_of(part, what, name, spec)
  if spec.duration == nil then return nil end
  local duration = part:input(name .. ".duration", spec.duration)
  return fields.number(what, { "duration", rules.above_0 }, duration)
end

-- A loss that comes again in each of so many periods.
local function repeated(series, duration)
  return duration and shift.lasting(series, duration) or series
end

-- A loss that occurs at most once.
local function once(part, what, name, spec)
  spec = check_options(what, spec, once_fields)
  if spec.probability == nil then failf("%s: probability is missing; write %s", what, risk_example) end
  local loss, field = loss_of(what, spec)
  local p = spec.probability
  check_when(what, spec, risk_example)
  check_number(what, "probability", p, anything)
  if type(p) == "number" and not (p >= 0 and p <= 1) then
    failf("%s: probability %g is not between 0 and 1%s", what, p, fields.in_percent(p))
  end
  local own = draw_occurs(part, what, name, p)
  loss = check_loss(what, field, draw_field(part, name, "loss", loss, true))
  local event = draw_when(part, what, name, spec, own)
  local series = repeated(native.at(event.at, event.occurs * loss), duration_of(part, what, name, spec))
  part:flow("risk", name, series, { real = part:check_basis(what, spec.basis) })
  return handle_of(event, { occurs = event.occurs, loss = loss }, { at = moment_of(event) })
end

-- Losses that come so many times a year on average, each of its own amount.
local function often(part, what, name, spec)
  spec = check_options(what, spec, often_fields)
  local loss, field = loss_of(what, spec)
  local most = spec.most
  local rate = fields.number(what, { "per_year", rules.not_negative }, part:input(name .. ".per_year", spec.per_year)) / part.per_year
  local jump = helpers.piece("jump")
  if most ~= nil then fields.number(what, { "most", fields.whole(1, jump.most_sizes), plain = true }, most) end
  local _, _, each = native.is_draw(loss)
  if not each then loss = check_loss(what, field, draw_field(part, name, "loss", loss, true)) end
  local total, number = jump.jumps(what, rate, loss, most, function(draw, piece, k)
    local _, unnamed = native.is_draw(draw)
    local suffix = piece == "number" and ".number" or k == 1 and ".loss" or ".loss." .. k
    return unnamed and native.draw_named(draw, part.prefix .. name .. suffix) or draw
  end)
  part:flow("risk", name, repeated(total, duration_of(part, what, name, spec)), { real = part:check_basis(what, spec.basis) })
  return handle_of({ what = what }, { count = number, loss = total }, {})
end

local methods = {}

function methods.risk(part, name, spec)
  check_name(part, "risk", name)
  local what = format("risk '%s'", name)
  if type(spec) ~= "table" then failf("%s takes { probability = , loss = , at = }, not %s", what, describe(spec)) end
  if spec.per_year ~= nil and spec.probability ~= nil then
    failf("%s: per_year says how often it comes, and probability whether it comes at all: give one", what)
  end
  if spec.per_year ~= nil then return often(part, what, name, spec) end
  return once(part, what, name, spec)
end

-- -- other events

local shock_form = {
  { "probability", rules.share, needed = true }, { "factor", rules.above_0, needed = true }, { "duration", rules.above_0 },
  { "at", fields.anything }, { "between", fields.anything }, { "triggered_by", fields.anything }, { "lag", fields.anything },
}
local shock_example = "{ probability = 0.2, factor = 1.5, at = 12 }"

-- A price that jumps: the event's `factor` is a series, 1 before and the factor from its period on (for `duration` periods).
function methods.price_shock(part, name, spec)
  check_name(part, "price_shock", name)
  local what = format("price_shock '%s'", name)
  local p = fields.read(what, shock_form, spec, shock_example, function(field, value)
    return field == "probability" and value or part:input(name .. "." .. field, value)
  end)
  check_when(what, p, shock_example)
  part:warn_late(what, p.at)
  local event = draw_when(part, what, name, p, draw_occurs(part, what, name, p.probability))
  local t, at = native.time(0), native.ceil(event.at)
  local holds = shift.from(t, at)
  if p.duration then holds = holds * native.max(native.min(at + p.duration - t, 1), 0) end
  return handle_of(event, { occurs = event.occurs, factor = 1 + event.occurs * (p.factor - 1) * holds }, { at = moment_of(event) })
end

local delay_form = { { "probability", rules.share, 1 }, { "periods", rules.not_negative, needed = true } }

-- A project that may come late, by so many whole periods: `periods` is 0 where it does not, and what roi.delayed takes.
function methods.project_delay(part, name, spec)
  check_name(part, "project_delay", name)
  local what = format("project_delay '%s'", name)
  local p = fields.read(what, delay_form, spec, "{ probability = 0.4, periods = roi.uniform(1, 6) }", function(field, value)
    return field == "probability" and value or part:input(name .. "." .. field, value)
  end)
  local occurs = p.probability == 1 and 1 or draw_occurs(part, what, name, p.probability)
  return handle_of({ what = what, timeless = true }, { occurs = occurs, periods = native.where(occurs, native.ceil(p.periods), 0) }, {})
end

local abandonment_form = {
  { "probability", rules.share }, { "per_year", rules.above_0 },
  { "at", fields.anything }, { "between", fields.anything }, { "triggered_by", fields.anything }, { "lag", fields.anything },
}
local abandonment_example = "{ probability = 0.15, between = { 6, 18 } }"

-- The end of the part's activity: at most once at a period, or at any time with a chance that does not change.
function methods.abandonment(part, name, spec)
  check_name(part, "abandonment", name)
  local what = format("abandonment '%s'", name)
  local p = fields.read(what, abandonment_form, spec, abandonment_example, function(field, value)
    return field == "probability" and value or part:input(name .. "." .. field, value)
  end)
  fields.either({ what = what, probability = p.probability, per_year = p.per_year }, "probability", "per_year",
    "say how likely it is, probability = 0.15 with a time, or per_year = 0.1 (a chance that does not change)")
  local event
  if p.per_year ~= nil then
    if p.at or p.between or p.triggered_by or p.lag then failf("%s: by per_year it may come at any time: leave out when", what) end
    local at = draw_field(part, name, "at", native.exponential(p.per_year / part.per_year))
    event = { what = what, occurs = 1, at = check_scalar(what, "at", at) }
  else
    check_when(what, p, abandonment_example)
    part:warn_late(what, p.at)
    event = draw_when(part, what, name, p, draw_occurs(part, what, name, p.probability))
  end
  local ended = event.occurs * shift.from(native.time(0), native.ceil(event.at))
  part:stop(1 - ended, what)
  return handle_of(event, { occurs = event.occurs, running = 1 - ended }, { at = moment_of(event) })
end

return methods
end
