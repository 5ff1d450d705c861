-- What the business vocabulary shares: how a call's fields are read, and how what they come to is booked as a benefit or a cost. A
-- piece of lua/roisim.lua; it gives back what the pieces with the calls are made of (benefits.lua, customers.lua, costs.lua, ...).
return function(native, helpers)

local type, format, huge = type, string.format, math.huge
local failf, describe, shape = helpers.failf, native.describe, native.shape
local fields, shift = helpers.piece("fields"), helpers.piece("shift")
local rules, join, anything = fields.rules, fields.join, fields.anything

local book = {}

-- J-curve: a gain is smaller, or below 0, while people still learn.
local dip_form = {
  { "depth", { holds = function(v) return v >= 0 and v <= 5 end, hint = fields.in_percent,
    says = "between 0 and 5 (0.4: 40% of the gain is gone; above 1 it costs at first)" }, needed = true, series = true },
  { "periods", rules.above_0, needed = true }, { "from", rules.moment, 1 },
}

-- Fields of every benefit and of every cost, beside those of each call. Those with `anything` are checked by part:flow_options.
local every = { "every", anything }
local basis = { "basis", anything }
local delay = { "delay", rules.not_negative }
book.dip = { "dip", fields.table_of(dip_form, "{ depth = 0.4, periods = 6 }") }
book.benefit_fields = { every, book.dip, delay, { "kind", anything }, basis }
book.cost_fields = { every, delay, { "category", anything }, { "paid", anything }, { "spread", anything }, basis }
book.hour_fields = { every, book.dip, { "pool", anything } }

-- Makes methods.NAME: a call ("title", { fields }) on a part, read by a form and gone on with by f(part, p), p being the fields, with
-- p.name and p.what, the beginning of messages. example: a call's table; shared: the fields of every benefit or cost.
function book.define(methods, method, example, form, shared, f)
  form = join(form, shared)
  methods[method] = function(part, name, spec)
    if type(name) ~= "string" or name == "" then
      failf("%s:%s(name, { ... }): the name must be a text, not %s", part.called, method, describe(name))
    end
    helpers.check_length(method, name)
    local what = format("%s '%s'", method, name)
    part:check_open(what)
    local p = fields.read(what, form, spec, example, function(path, value)
      return part:input(format("%s.%s", name, path), value)
    end)
    p.what, p.name = what, name
    return f(part, p)
  end
end

-- A value in each period: a series, or a number that holds throughout.
function book.steady(value)
  return shape(value) == "series" and value or value + native.time(1) * 0
end

-- How many there are in each period: a series, or a number `every` so often.
function book.counted(part, p, field)
  return part:periods(format("%s: %s", p.what, field), p[field], p.every)
end

-- 1, and less while people learn: 1 - depth at dip.from, rising to 1 until dip.periods later.
function book.dipped(p, series)
  local dip = p.dip
  if not dip or dip.from == huge then return series end
  local t = native.time(native.start(series))
  local left = native.min(native.max(1 - (t - dip.from) / dip.periods, 0), 1)
  return series * (1 - dip.depth * (shift.from(t, dip.from) * left))
end

-- Books a benefit; class: what it is where the script does not say. always: no gate is to stop it any more.
function book.benefit(part, p, series, class, always)
  local options = part:flow_options(p.what, p)
  options.class, options.always = options.class or class, always
  part:flow("benefit", p.name, series, options)
end

-- Books a cost. suffix: what follows the name, for a second cost of the same call.
function book.cost(part, p, series, category, suffix, always)
  local options = part:flow_options(p.what, p)
  options.category, options.always = options.category or category, always
  part:flow("cost", p.name .. (suffix or ""), series, options)
end

-- What the part does as it is now, which is to be counted on: a gate or a stop after this would come too late.
function book.held(part, p, series)
  part:hold(p.what)
  return part:active(series)
end

return book
end
