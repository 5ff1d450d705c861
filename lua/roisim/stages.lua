-- Stages of automation: the shares of some work that people do alone, people do with an assistant, and the assistant does alone, as
-- they move over time. A piece of lua/roisim.lua, loaded at the first call of a part's `stages`.
return function(native, helpers)

local type, ipairs = type, ipairs
local format = string.format
local failf, word, check_options, names_of = helpers.failf, helpers.word, helpers.check_options, helpers.names_of
local shape, describe = native.shape, native.describe
local fields = helpers.piece("fields")

local names = { "person", "assisted", "autonomous" }
local example = "stages(\"triage\", { assisted = roi.curve.ramp { from = 2, periods = 6, to = 0.6 }, autonomous = 0.1 })"

-- A share over time within 0 and `room`.
local function read_share(what, field, value, room)
  if value == nil then return native.time(1) * 0 end
  local s = shape(value)
  if not s then failf("%s: %s must be a share, a number, uncertain or a series, not %s", what, field, describe(value)) end
  if s == "number" and not (value >= 0 and value <= 1) then
    failf("%s: %s %g must be between 0 and 1%s", what, field, value, value > 1 and value <= 100 and format(" (%g%% is written %g)", value, value / 100) or "")
  end
  if s ~= "series" then value = value + native.time(1) * 0 end
  return native.min(native.max(value, 0), room)
end

-- What a unit of the work takes on average, by stage: minutes, cost, errors.
local function mean_of(what, shares, by_stage)
  if type(by_stage) ~= "table" then
    failf("%s: mean takes { person = , assisted = , autonomous = }, not %s", what, describe(by_stage))
  end
  by_stage = check_options(what .. ": mean", by_stage, names)
  local sum = 0
  for _, name in ipairs(names) do
    local v = by_stage[name]
    if v == nil then failf("%s: mean: %s is missing; write mean { person = 10, assisted = 6, autonomous = 0.5 }", what, name) end
    v = fields.number(what .. ": mean", { name, fields.rules.finite, series = true }, v)
    sum = sum + shares[name] * v
  end
  return sum
end

local piece = {}

-- stages(name, { assisted =, autonomous = }): shares in which what is autonomous goes first and people do the rest. Gives .person,
-- .assisted, .autonomous, series that add up to 1, and .mean { person =, assisted =, autonomous = }.
function piece.stages(part, name, spec)
  if type(name) ~= "string" or name == "" then failf("%s:stages(name, { ... }): the name must be a text, not %s", part.called, describe(name)) end
  helpers.check_length("stages", name)
  local what = format("stages '%s'", name)
  if type(spec) ~= "table" then failf("%s takes a table, not %s; write %s", what, describe(spec), example) end
  spec = check_options(what, spec, { "assisted", "autonomous" })
  if type(spec.assisted) == "number" and type(spec.autonomous) == "number" and spec.assisted + spec.autonomous > 1 then
    failf("%s: assisted %g and autonomous %g are more than the whole together", what, spec.assisted, spec.autonomous)
  end
  local autonomous = read_share(what, "autonomous", spec.autonomous, 1)
  local assisted = read_share(what, "assisted", spec.assisted, 1 - autonomous)
  local shares = { person = 1 - autonomous - assisted, assisted = assisted, autonomous = autonomous }
  for _, stage in ipairs(names) do native.add_label(format("%s%s.%s", part.prefix, name, stage), shares[stage]) end
  local fields = { person = shares.person, assisted = assisted, autonomous = autonomous,
    mean = function(by_stage) return mean_of(what, shares, by_stage) end }
  return native.proxy { __metatable = false, __name = what,
    __index = function(_, field)
      local v = fields[field]
      if v == nil then failf("%s has no '%s'%s", what, word(field), native.suggest(word(field), names_of(fields))) end
      return v
    end,
    __newindex = function(_, field) failf("%s can't be changed: '%s' is set by stages(name, { ... })", what, word(field)) end }
end

return piece
end
