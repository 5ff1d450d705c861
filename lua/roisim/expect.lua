-- What test scripts say: roi.expect(name, { of = value, mean = 1200, within = 30 }). A piece of lua/roisim.lua, loaded at the first
-- call. What is plain is decided here; what is uncertain goes to the graph's table of expectations, and the command decides it on a
-- run (core/command/judge.h).
return function(native, helpers)

local type, ipairs, pairs, pcall, rawequal, tonumber, huge = type, ipairs, pairs, pcall, rawequal, tonumber, math.huge
local format, concat = string.format, table.concat
local failf, word, check_options = helpers.failf, helpers.word, helpers.check_options
local shape, describe = native.shape, native.describe

local PLAIN, MEAN, SD, QUANTILE, PROBABILITY, BOUNDS = 0, 1, 2, 3, 4, 5

-- Statistics of an uncertain value: kind, level (core/graph/graph.h).
local statistics = {
  mean = { MEAN, 0 }, sd = { SD, 0 }, probability = { PROBABILITY, 0 }, p1 = { QUANTILE, 0 }, p5 = { QUANTILE, 1 }, p10 = { QUANTILE, 2 },
  p25 = { QUANTILE, 3 }, p50 = { QUANTILE, 4 }, median = { QUANTILE, 4 }, p75 = { QUANTILE, 5 }, p90 = { QUANTILE, 6 },
  p95 = { QUANTILE, 7 }, p99 = { QUANTILE, 8 },
}
local known = { -- in the order of messages
  "equal", "error", "mean", "sd", "median", "p1", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "probability",
  "at_least", "at_most",
}
local example = "such as { of = model.npv, mean = 1200, within = 30 }"

-- -- plain values

-- A plain value in a message.
local function text_of(value)
  if type(value) == "number" then
    local short = format("%.15g", value)
    return tonumber(short) == value and short or format("%.17g", value)
  end
  if type(value) == "string" then return format("\"%s\"", value) end
  return type(value) == "boolean" and (value and "true" or "false") or value == nil and "nil" or describe(value)
end

local deepest = 50

-- Where and how two plain values differ; nil: they don't.
local function difference(value, expected, within, place, depth)
  if type(value) == "number" and type(expected) == "number" then
    local far = value - expected
    if (far < 0) ~= (value < expected) then far = helpers.float(value) - expected end -- integers of Lua have wrapped around
    if value == expected or far <= within and -far <= within then return nil end
  elseif type(value) == "table" and type(expected) == "table" then
    if rawequal(value, expected) then return nil end
    if depth == deepest then return place .. " is nested too deeply to compare" end
    for _, list in ipairs { expected, value } do
      for key in pairs(list) do
        local at = format(type(key) == "number" and "%s[%g]" or "%s.%s", place, type(key) == "number" and key or word(key))
        local found = difference(value[key], expected[key], within, at, depth + 1)
        if found then return found end
      end
    end
    return nil
  elseif rawequal(value, expected) then
    return nil
  end
  return format("%s%s, expected %s%s", place == "" and "is " or place:gsub("^%.", "") .. " is ", text_of(value), text_of(expected),
    within > 0 and type(expected) == "number" and format(" within %g", within) or "")
end

local function plain_number(what, field, value)
  if type(value) ~= "number" or value ~= value or value == huge or value == -huge then
    failf("%s: %s must be a plain number, not %s", what, field, describe(value))
  end
  helpers.check_size(format("%s: %s", what, field), value)
  return value
end

local function expect_equal(name, what, spec)
  local s = shape(spec.of)
  if s and s ~= "number" then
    failf("%s: of is uncertain, so it has no one value: expect its mean, median, p5, ..., probability, at_least or at_most", what)
  end
  local within = spec.within or 0
  if type(within) ~= "number" or not (within >= 0) then
    failf("%s: within must be a plain number, 0 or more, not %s", what, describe(within))
  end
  plain_number(what, "within", within)
  native.add_expectation(name, PLAIN, difference(spec.of, spec.equal, within, "", 0))
end

-- A call that must fail, with a message that contains a text.
local function expect_error(name, what, spec)
  if type(spec.of) ~= "function" then
    failf("%s: of must be a function that is to fail, { of = function() ... end, error = \"part of its message\" }, not %s", what,
      describe(spec.of))
  end
  if type(spec.error) ~= "string" or spec.error == "" then
    failf("%s: error must be a part of the message that is expected, not %s", what, describe(spec.error))
  end
  local worked, message = pcall(spec.of)
  local why
  if worked then why = format("did not fail, expected an error with \"%s\"", spec.error)
  elseif type(message) ~= "string" then why = format("failed with %s, expected an error with \"%s\"", describe(message), spec.error)
  elseif not message:find(spec.error, 1, true) then why = format("failed with \"%s\", expected an error with \"%s\"", message, spec.error)
  end
  native.add_expectation(name, PLAIN, why)
end

-- -- uncertain values

local function check_scalar(what, spec)
  local s = shape(spec.of)
  if s == "series" then failf("%s: of is a series: take one number of it, such as roi.sum(s), roi.last(s) or s[12]", what) end
  if s ~= "scalar" and s ~= "number" or s == "number" and not (spec.of > -huge) and not native.is_state(spec.of) then
    failf("%s: of must be a number or an uncertain number, not %s", what, describe(spec.of))
  end
end

local function expect_statistic(name, what, field, spec)
  check_scalar(what, spec)
  local kind, level = statistics[field][1], statistics[field][2]
  local expected = plain_number(what, field, spec[field])
  if kind == PROBABILITY and not (expected >= 0 and expected <= 1) then
    failf("%s: probability %g is not between 0 and 1%s", what, expected,
      expected > 1 and expected <= 100 and format(" (%g%% is written %g)", expected, expected / 100) or "")
  end
  if kind == SD and expected < 0 then failf("%s: sd %g must be 0 or more", what, expected) end
  local within = 0
  if spec.within ~= nil then
    within = plain_number(what, "within", spec.within)
    if within <= 0 then
      failf("%s: within %g must be above 0; without it the trials decide, four standard errors being allowed", what, within)
    end
  end
  native.add_expectation(name, kind, spec.of, level, expected, within)
end

local function expect_bounds(name, what, spec)
  check_scalar(what, spec)
  local low = spec.at_least ~= nil and plain_number(what, "at_least", spec.at_least) or -huge
  local high = spec.at_most ~= nil and plain_number(what, "at_most", spec.at_most) or huge
  if low > high then failf("%s: at_least %g is above at_most %g", what, low, high) end
  if spec.within ~= nil then failf("%s: at_least and at_most hold of every trial: leave out within", what) end
  native.add_expectation(name, BOUNDS, spec.of, 0, low, high)
end

-- What is expected: the one field of its kind.
local function asked(what, spec)
  local found = {}
  for _, name in ipairs(known) do
    if spec[name] ~= nil then found[#found + 1] = name end
  end
  if #found == 0 then failf("%s: say what is expected of it, %s; known: %s", what, example, concat(known, ", ")) end
  local both = #found == 2 and spec.at_least ~= nil and spec.at_most ~= nil
  if #found > 1 and not both then failf("%s: expects '%s' and '%s': make it two, each with a name", what, found[1], found[2]) end
  return found[1]
end

return function(name, spec)
  if not native.testing then failf("roi.expect belongs to test scripts: run this one as roisim test FILE.lua") end
  if type(name) ~= "string" or name == "" then
    failf("roi.expect(name, { of = , ... }): the name must be a text, not %s", describe(name))
  end
  helpers.check_length("roi.expect", name)
  local what = format("roi.expect '%s'", name)
  if type(spec) ~= "table" then failf("%s takes a table, %s, not %s", what, example, describe(spec)) end
  local options = { "of", "within" }
  for _, field in ipairs(known) do options[#options + 1] = field end
  spec = check_options(what, spec, options)
  local field = asked(what, spec)
  if field == "equal" then return expect_equal(name, what, spec) end
  if spec.of == nil then failf("%s: of is missing or nil: the value of which something is expected", what) end
  if field == "error" then return expect_error(name, what, spec) end
  if statistics[field] then return expect_statistic(name, what, field, spec) end
  return expect_bounds(name, what, spec)
end
end
