-- Forms: what the fields of a call may be. A form is a list of rows, one a field, and reading a script's table by it checks every
-- field and gives back the values, defaults put in. A piece of lua/roisim.lua, which calls the function returned here with the
-- native functions and its helpers; it gives back the rules and what reads by them.
--
--   { NAME, RULE, DEFAULT, needed = true, series = true, plain = true, why = TEXT }
--
-- A rule of numbers has holds(v), which plain numbers (and the extremes of plain series) must satisfy, says, its words in
-- messages, and maybe hint(v), what else to say of a number that does not hold. Numbers may be uncertain unless `plain`, and one
-- for each period where `series`. Any other rule has check(what, field, value, read), which returns the value to go on with.
-- `needed` fields have no default; `why` is said when one is missing.
return function(native, helpers)

local type, ipairs, pairs, huge = type, ipairs, pairs, math.huge
local place = native.place
local format, concat = string.format, table.concat
local failf, check_options = helpers.failf, helpers.check_options
local shape, describe = native.shape, native.describe

-- -- rules of numbers

-- A share may have been meant in percent.
local function in_percent(v)
  return (v > 1 and v <= 100 or v < -1 and v >= -100) and format(" (%g%% is written %g)", v, v / 100) or ""
end

local function from_to(low, high, says)
  return { holds = function(v) return v >= low and v <= high end, says = says, hint = in_percent }
end

local rules = {
  finite = { holds = function(v) return v > -huge and v < huge end, says = "a finite number" },
  not_negative = { holds = function(v) return v >= 0 and v < huge end, says = "0 or more" },
  above_0 = { holds = function(v) return v > 0 and v < huge end, says = "above 0" },
  moment = { holds = function(v) return v >= 0 and helpers.is_moment(v) end, says = "a period from 0 on, or roi.never",
    hint = helpers.never_hint },
  share = from_to(0, 1, "a share between 0 and 1"), -- of uncertain ones the guards look at the range
  change = from_to(-1, 1, "a share between -1 and 1"),
  rate = { holds = function(v) return v > -1 and v < 1 end, says = "a share a year between -1 and 1", hint = in_percent },
  discount = { holds = function(v) return v >= 0 and v < 1 end, says = "a share from 0 to below 1", hint = in_percent },
}

local function whole(low, high)
  return { says = format("a whole number from %d to %d", low, high),
    holds = function(v) return v >= low and v <= high and v % 1 == 0 end }
end

local function kind_of(row)
  return row.plain and "a plain number" or row.series and "a number, an uncertain number or a series" or
    "a number or an uncertain number"
end

local function fits(row, s)
  return s == "number" or not row.plain and (s == "scalar" or row.series and s == "series")
end

local function check_plain(what, row, v, where)
  local rule = row[2]
  if rule.holds(v) then return helpers.check_size(format("%s: %s%s", what, row[1], where), v) end
  failf("%s: %s %g%s must be %s%s", what, row[1], v, where, rule.says, rule.hint and rule.hint(v) or "")
end

-- Checks one number, and gives back the number to go on with; row: { NAME, RULE, series =, plain = }.
local function number(what, row, value)
  local s = shape(value)
  if not fits(row, s) then failf("%s: %s must be %s, not %s", what, row[1], kind_of(row), describe(value)) end
  if s == "number" then check_plain(what, row, value, "")
  elseif s == "scalar" and row[2] == rules.share then
    local file, line = place()
    helpers.shares[#helpers.shares + 1] = { what = format("%s: %s", what, row[1]), value = value, file = file, line = line }
  elseif s == "series" and native.is_plain(value) then
    check_plain(what, row, native.min_over(value), " (its least)")
    check_plain(what, row, native.max_over(value), " (its most)")
  end
  return helpers.float(value)
end

-- -- reading

-- what: how messages begin; usage: what a call looks like; spec: the script's table; input(path, value), may be nil: what to go
-- on with instead of a value (a distribution becomes an input there); path: the name of a table within another.
local function read(what, form, spec, usage, input, path)
  if type(spec) ~= "table" then failf("%s takes a table of fields, such as %s, not %s", what, usage, describe(spec)) end
  local known, p = {}, {}
  for i, row in ipairs(form) do known[i] = row[1] end
  spec = check_options(what, spec, known)
  for _, row in ipairs(form) do
    local field, rule, value = row[1], row[2], spec[row[1]]
    if value == nil and row.needed then
      failf("%s: %s is missing%s; write %s", what, field, row.why and ": " .. row.why or "", usage)
    end
    if value == nil then value = row[3] end
    if value ~= nil and rule.check then
      p[field] = rule.check(what, field, value, input, (path or "") .. field)
    elseif value ~= nil then
      if input then value = input((path or "") .. field, value) end
      p[field] = number(what, row, value)
    end
  end
  return p
end

-- -- rules of other things

-- One of a list of texts.
local function one_of(list)
  return { check = function(what, field, value)
    for _, known in ipairs(list) do
      if value == known then return value end
    end
    failf("%s: %s = %s must be %s%s", what, field, type(value) == "string" and format('"%s"', value) or describe(value),
      #list <= 5 and '"' .. concat(list, '", "') .. '"' or "one of the known: " .. concat(list, ", "),
      type(value) == "string" and native.suggest(value, list) or "")
  end }
end

local flag = { check = function(what, field, value)
  if type(value) ~= "boolean" then failf("%s: %s must be true or false, not %s", what, field, describe(value)) end
  return value
end }

-- What is checked by whoever uses it.
local anything = { check = function(_, _, value) return value end }

-- A table of fields in a field.
local function table_of(form, usage)
  return { check = function(what, field, value, input, path)
    return read(format("%s: %s", what, field), form, value, format("%s = %s", field, usage), input, path .. ".")
  end }
end

-- A list of such tables, at least one; where `lone`, a single one may stand for its list.
local function list_of(form, usage, lone)
  return { check = function(what, field, value, input, path)
    if lone and type(value) == "table" and #value == 0 then value = { value } end
    if type(value) ~= "table" or #value == 0 then
      failf("%s: %s takes a list, such as %s = { %s, ... }, not %s", what, field, field, usage, describe(value))
    end
    local list = {}
    for i, entry in ipairs(helpers.whole_list(format("%s: %s", what, field), value)) do
      list[i] = read(format("%s: %s %d", what, field, i), form, entry, usage, input, format("%s.%d.", path, i))
    end
    return list
  end }
end

-- The rows of several forms in one.
local function join(...)
  local form = {}
  for _, rows in ipairs { ... } do
    for _, row in ipairs(rows) do form[#form + 1] = row end
  end
  return form
end

-- Fails unless exactly one of two fields was given; says: what each is for.
local function either(p, a, b, says)
  if (p[a] == nil) ~= (p[b] == nil) then return end
  failf("%s: %s%s", p.what, says, p[a] ~= nil and ", not both" or "")
end

return { rules = rules, whole = whole, number = number, read = read, one_of = one_of, flag = flag, anything = anything,
  table_of = table_of, list_of = list_of, join = join, either = either, in_percent = in_percent }
end
