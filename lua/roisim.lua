-- The library that scripts require: functions on values, the model, its flows and its standard outputs. The host runs this
-- chunk once, with the table of native functions (core/host/values.h) as its argument, and gives its result to scripts.
local native = ...

local type, ipairs, pairs, select, setmetatable, tonumber = type, ipairs, pairs, select, setmetatable, tonumber
local floor, huge, math_type = math.floor, math.huge, math.type
local sort, concat = table.sort, table.concat
local format = string.format
local fail, shape, describe, place = native.fail, native.shape, native.describe, native.place

local function names_of(...)
  local list = {}
  for _, t in ipairs { ... } do
    for name in pairs(t) do list[#list + 1] = name end
  end
  sort(list)
  return list
end

local function failf(...) return fail(format(...)) end

local most_bytes = 1000 -- of a name that a script gives: reports repeat names, those of use cases for each set of them

local function check_length(what, name)
  if #name > most_bytes then failf("%s: a name has at most %d bytes; this one has %d", what, most_bytes, #name) end
end

-- A name in a message, whatever the script took for one.
local function word(name) return type(name) == "string" and name or describe(name) end

-- Where something stands in the script, for messages. What was called without a line of the script's, as coroutine.wrap(model.param)
-- calls it, stands nowhere. form: such as " (line %d)".
local function at_line(form, line) return line and line > 0 and format(form, line) or "" end

-- The beginning of a message about what stood there.
local function place_text(file, line) return line and line > 0 and format("%s:%d: ", file, line) or "" end

-- What a name that must differ says of the one before.
local function stands(line) return line and line > 0 and format("stands on line %d", line) or "is there already" end

-- "; did you mean 'price'?", or all the names if there are few.
local function hint(name, names)
  local near = native.suggest(word(name), names)
  if near ~= "" then return near end
  return #names > 0 and #names <= 12 and "; known: " .. concat(names, ", ") or ""
end

-- What scripts see of a table: they can read its fields, and asking for one that isn't there is an error. elsewhere: what to say
-- of names that are looked for here but stand in another place. made: fields whose values a function gives when asked for.
local function sealed(title, fields, elsewhere, made)
  setmetatable(fields, { __index = function(_, name)
    if made and made[name] then return made[name]() end
    if type(name) ~= "string" then failf("%s has no field of that kind", title) end
    failf("%s has no '%s'%s", title, name, elsewhere and elsewhere[name] and "; write " .. elsewhere[name] or
      native.suggest(name, names_of(fields, made or {})))
  end })
  return native.proxy { __index = fields, __metatable = false, __name = title,
    __newindex = function(_, name) failf("%s can't be changed: keep '%s' in a table of your own", title, word(name)) end }
end

-- A plain number as the engine has it. Those that Lua keeps as integers wrap around where they grow large, so that what is computed
-- with numbers of a script begins here.
local function float(x) return math_type(x) == "integer" and x + 0.0 or x end

local function is_whole(x, low, high) return type(x) == "number" and x == floor(x) and x >= low and x <= high end

local comma_advice = "; decimals have a point: 0.12, not 0,12, and thousands no mark: 1500, not 1,500"

-- Refuses what would be passed over: arguments after the n-th, the most that there are. They are often a number with a decimal comma.
local function check_extra(what, most, ...)
  local n = select("#", ...)
  if n <= most then return end
  local comma = false
  for i = 1, n do comma = comma or i > 1 and type((select(i, ...))) == "number" and type((select(i - 1, ...))) == "number" end
  failf("%s takes %d argument%s, not %d%s", what, most, most == 1 and "" or "s", n, comma and comma_advice or "")
end

-- Checks that a table of options has only known names, and gives back a copy to go on with: a script may change its own table after
-- the call, and one with a metatable may answer otherwise, or run other code, each time it is asked.
local function check_options(what, options, known)
  for name, value in pairs(options) do
    if type(name) ~= "string" then
      failf("%s: options are written name = value%s", what, type(value) == "number" and comma_advice or "")
    end
  end
  for _, name in ipairs(names_of(options)) do
    local found = false
    for _, k in ipairs(known) do found = found or k == name end
    if not found then failf("%s: unknown option '%s'%s", what, name, hint(name, known)) end
  end
  local copy = {}
  for _, name in ipairs(known) do copy[name] = options[name] end
  return copy
end

-- Refuses a list with holes, such as { 1, nil, 3 }, which loops would leave at the first, or with anything beside its entries. Gives
-- back a copy, as of options.
local function whole_list(what, list)
  local n, copy = #list, {}
  for key in pairs(list) do
    if not is_whole(key, 1, n) then
      failf("%s takes a list, but has '%s' beside its entries 1 to %d", what, word(key), n)
    end
  end
  for i = 1, n do
    copy[i] = list[i]
    if copy[i] == nil then failf("%s: entry %d of the list is nil (a name not set?)", what, i) end
  end
  return copy
end

-- What a plain number of anything is at most: a few of them multiplied still can't overflow. never is a period, and no amount.
local largest = 1e50
local function check_size(what, v)
  if v ~= huge and v > largest or v ~= -huge and v < -largest then
    failf("%s %s is larger than there is of anything: at most 1e50", what, describe(v))
  end
end

-- A plain number that is one.
local function check_amount(what, value)
  if value ~= value then failf("%s is not a number (nan): a plain calculation gave it, such as 0/0", what) end
  if value == huge or value == -huge then
    failf("%s is %sinfinite: a plain calculation gave it, such as 1/0, or it is roi.never", what, value < 0 and "minus " or "")
  end
  check_size(what, value)
end

-- A plain series whose amounts are all numbers.
local function check_amounts(what, series)
  check_amount(what .. ", its least amount,", native.min_over(series))
  check_amount(what .. ", its largest amount,", native.max_over(series))
end

-- Whether a plain number may be a period. An infinite one is roi.never if the script speaks of that; else a calculation gave it.
local function is_moment(v) return v > -huge and (v < huge or native.never_given()) end

-- What to say of a number that is no period.
local function never_hint(v) return v == huge and ": a plain calculation gave it, such as 1/0" or "" end

-- Checks a field that is a number or an uncertain number, and gives back the number to go on with; rule, of plain ones: { holds =
-- function, says =, hint = what else to say of a number that does not hold, a function or nil }.
local function check_number(what, field, value, rule)
  local s = shape(value)
  if s ~= "number" and s ~= "scalar" then
    failf("%s: %s must be a number or an uncertain number, not %s", what, field, describe(value))
  end
  if s == "number" then
    if not rule.holds(value) then
      failf("%s: %s %s must be %s%s", what, field, describe(value), rule.says, rule.hint and rule.hint(value) or "")
    end
    check_size(format("%s: %s", what, field), value)
  end
  return float(value)
end

-- The same of a rate, which in no trial may be never: what is discounted at it would be worth nothing.
local function check_rate(what, field, value, rule)
  value = check_number(what, field, value, rule)
  if shape(value) == "scalar" and native.may_be_never(value) then
    failf("%s: %s may be never in some trials, and a rate is a number in all: keep it below one by roi.min(rate, 1)", what, field)
  end
  return value
end

local helpers = {
  names_of = names_of, failf = failf, word = word, hint = hint, is_whole = is_whole, check_options = check_options,
  check_number = check_number, check_rate = check_rate, check_extra = check_extra, check_size = check_size,
  check_length = check_length,
  check_amount = check_amount, check_amounts = check_amounts, whole_list = whole_list, float = float,
  is_moment = is_moment, never_hint = never_hint, at_line = at_line, place_text = place_text, stands = stands,
  shares = {}, -- what was given for fields that are shares, { what =, value =, file =, line = }, for the guards
  hours = {},  -- calls that save minutes of items, { part =, name =, volume =, minutes =, pool =, file =, line = }, likewise
}

-- ---------------------------------------------------------------------------------------------------------------------------
-- Functions on values. Most are native; reductions also take a list { v1, v2, ... }, which is exactly its values.

local roi = {}
for _, name in ipairs {
  "abs", "floor", "ceil", "round", "sqrt", "exp", "log", "log10", "log1p", "expm1", "sin", "cos", "tan", "tanh", "atan",
  "sigmoid", "normal_cdf", "normal_quantile", "no", "pow", "lt", "le", "gt", "ge", "eq", "ne", "where", "min", "max", "all",
  "any", "clamp", "interp", "each_period", "mixture", "between", "share", "per_trial", "normal", "lognormal", "uniform",
  "triangular", "pert", "beta", "gamma", "exponential", "weibull", "logistic", "gumbel", "pareto", "student_t", "bernoulli",
  "binomial", "poisson", "geometric", "negative_binomial", "discrete", "empirical", "metalog",
} do
  roi[name] = native[name]
end

-- Checks a list of numbers and scalars and tells whether all are plain numbers.
local function check_list(name, list)
  local plain = true
  if #list == 0 then failf("roi.%s: the list is empty", name) end
  for i = 1, #list do
    local v = list[i]
    local s = shape(v)
    if s ~= "number" and s ~= "scalar" then
      failf("roi.%s: value %d must be a number or an uncertain number, not %s", name, i, describe(v))
    end
    plain = plain and s == "number"
  end
  for key in pairs(list) do
    if not is_whole(key, 1, #list) then
      failf("roi.%s: the list has '%s' beside its values 1 to %d; for period 0 write roi.at(0, v)", name, word(key), #list)
    end
  end
  return plain
end

local function fold(list, f)
  local r = float(list[1])
  for i = 2, #list do r = f(r, list[i]) end
  return r
end

local function scan(list, f)
  local r = { float(list[1]) }
  for i = 2, #list do r[i] = f(r[i - 1], list[i]) end
  return r
end

local function add(a, b) return a + b end

local on_list = {
  sum = function(list) return 0.0 + fold(list, add) end,
  mean = function(list) return fold(list, add) / #list end,
  last = function(list) return list[#list] end,
  max_over = function(list) return fold(list, native.max) end,
  min_over = function(list) return fold(list, native.min) end,
  cumsum = function(list) return scan(list, add) end,
  cumprod = function(list) return scan(list, function(a, b) return a * b end) end,
  diff = function(list)
    local r = { float(list[1]) }
    for i = 2, #list do r[i] = float(list[i]) - list[i - 1] end
    return r
  end,
  first = function(list, plain)
    if not plain then return native.first(native.series(list)) end
    for i, v in ipairs(list) do
      if v ~= 0 then return i end
    end
    return huge
  end,
  irr = function(list, plain) return plain and native.irr_list(list) or native.irr(native.series(list)) end,
}

for name, of_list in pairs(on_list) do
  local of_series = native[name]
  roi[name] = function(...)
    local s = ...
    if select("#", ...) ~= 1 then failf("roi.%s takes 1 argument, not %d", name, select("#", ...)) end
    if type(s) ~= "table" then return of_series(s) end
    return of_list(s, check_list(name, s))
  end
end

function roi.at(...)
  local period = ...
  if period == huge and not is_moment(period) then
    failf("roi.at(period, value): the period is infinite%s; what never comes is written roi.never", never_hint(period))
  end
  return native.at(...)
end

function roi.lag(...)
  check_extra("roi.lag(series, periods)", 2, ...)
  local s, periods = ...
  if periods == nil then periods = 1 end
  if not is_whole(periods, 0, 65535) then
    failf("roi.lag(series, periods): periods must be a whole number from 0 to 65535, not %s", describe(periods))
  end
  if type(s) ~= "table" then return native.lag(s, periods) end
  check_list("lag", s)
  local r = {}
  for i = 1, #s do r[i] = s[i - periods] or 0 end
  return r
end

function roi.series(...)
  check_extra("roi.series { v1, v2, ... }", 1, ...)
  local list = ...
  if type(list) ~= "table" then failf("roi.series takes a list { v1, v2, ... }, not %s", describe(list)) end
  check_list("series", list)
  return native.series(list)
end

function roi.recur(...)
  check_extra("roi.recur(init, function(prev, p) ... end)", 2, ...)
  local init, step = ...
  if type(step) ~= "function" then
    failf("roi.recur(init, function(prev, p) ... end): the second argument must be a function, not %s", describe(step))
  end
  local horizon = native.horizon("roi.recur")
  local function check(v, what)
    local s = shape(v)
    if s ~= "number" and s ~= "scalar" then
      failf("roi.recur: %s must be a number or an uncertain number, not %s", what, describe(v))
    end
    return float(v)
  end
  local prev, list = check(init, "init"), {}
  for p = 1, horizon do
    prev = check(step(prev, p), format("what the function returns for period %d", p))
    list[p] = prev
  end
  return native.series(list)
end

-- The values of a series or list, each times (1 + rate)^-p; a list stands at the periods 1, 2, ...
local above_minus_1 = { holds = function(v) return v > -1 and v < huge end, says = "above -1 (-100%)" }

local function discounted(name, s, rate)
  rate = check_rate("roi." .. name, "rate", rate, above_minus_1)
  if type(s) ~= "table" and shape(s) ~= "series" then
    failf("roi.%s: s must be a series (one number a period) or a list { v1, v2, ... }, not %s", name, describe(s))
  end
  if type(s) ~= "table" then return s * (1 + rate)^-native.time(native.start(s)) end
  check_list(name, s)
  local r = {}
  for i, v in ipairs(s) do r[i] = v * (1 + rate)^-i end
  return r
end

function roi.discount(...)
  check_extra("roi.discount(series, rate)", 2, ...)
  return discounted("discount", ...)
end

function roi.npv(...)
  check_extra("roi.npv(rate, flow)", 2, ...)
  local a, b = ...
  local function is_flow(x) return type(x) == "table" or shape(x) == "series" end
  if is_flow(a) == is_flow(b) then
    failf("roi.npv(rate, flow) takes one rate a period and one series or list, not %s and %s", describe(a), describe(b))
  end
  if is_flow(b) then a, b = b, a end
  return roi.sum(discounted("npv", a, b))
end

local first = roi.first
function roi.first(...) return native.given(first(...)) end

-- A piece of the library, compiled at its first use: most scripts use few of them, and starting up is to be quick.
local loaded = {}
function helpers.piece(name)
  if loaded[name] == nil then loaded[name] = require("roisim." .. name)(native, helpers) end
  return loaded[name]
end
function helpers.is_loaded(name) return loaded[name] ~= nil end

-- Makes a table's functions such that a script that writes `return roi.f(...)` is still known to have called them.
local function hold(functions)
  for name, f in pairs(functions) do
    if type(f) == "function" and f ~= native[name] then functions[name] = native.held(f) end
  end
  return functions
end

-- What scripts see of a piece that is a table of functions. made: those of its functions that are in further pieces.
local function sealed_piece(title, name, made)
  local seal
  local function all()
    seal = seal or sealed(title, hold(helpers.piece(name)), nil, made)
    return seal
  end
  return native.proxy { __metatable = false, __name = title, __index = function(_, field) return all()[field] end,
    __newindex = function(_, field, value) all()[field] = value end }
end

local experience, held_experience = {}, nil
for _, name in ipairs { "wright", "learning", "data_quality" } do
  experience[name] = function()
    held_experience = held_experience or hold(helpers.piece("experience"))
    return held_experience[name]
  end
end

helpers.rows_of = require "roisim.csv" (native, helpers)
roi.curve = sealed_piece("roi.curve", "curve", experience)
roi.process = sealed_piece("roi.process", "process")
function roi.delayed(...) return helpers.piece("shift").delayed(...) end

-- Whether a line of data, or each part of it between semicolons, may be meant as one number with a decimal comma.
local function looks_decimal(row)
  local any = false
  for cell in row:gmatch("[^;]+") do
    if not cell:find("^%s*-?%d+,%d+%s*$") then return false end
    any = true
  end
  return any
end

-- The numbers of a line of data, and its first cell that is none.
local function numbers_of(row)
  local list, word = {}, nil
  for cell in row:gmatch("[^,;%s]+") do
    local x = not cell:find("[xX]") and tonumber(cell)
    if x then list[#list + 1] = x else word = word or cell end
  end
  return list, word
end

-- roi.data(name): the numbers of a data file beside the script, one a line or separated by commas, semicolons or spaces; a first
-- line of words alone is passed over. One of both is refused: it is rather a number mistyped than a name.
function roi.data(...)
  check_extra("roi.data(name)", 1, ...)
  local name = ...
  if type(name) ~= "string" then failf("roi.data(name) takes the name of a file, not %s", describe(name)) end
  local list, line, commas = {}, 0, true
  for row in native.read(name):gsub("^\239\187\191", ""):gmatch("([^\n]*)\n?") do
    line = line + 1
    commas = commas and (looks_decimal(row) or line == 1 and not row:find("%d") or row:find("^%s*$") ~= nil)
    local numbers, word = numbers_of(row)
    if word and (line > 1 or #numbers > 0) then
      failf("roi.data: line %d of %s: '%s' is not a number%s", line, name, word,
        line == 1 and "; a first line is passed over only if no cell of it is one" or "")
    end
    for _, x in ipairs(numbers) do list[#list + 1] = x end
  end
  if #list == 0 then failf("roi.data: %s has no numbers", name) end
  if commas then
    local file, at = place()
    native.warn(file, at, format("roi.data: every line of %s is two numbers to roisim: decimals have a point, 1.5, and a comma "
      .. "separates", name), "decimal-comma")
  end
  return list
end

-- roi.expect(name, { of =, mean =, within = }), in test scripts
function roi.expect(...)
  check_extra("roi.expect(name, { of = , ... })", 2, ...)
  return helpers.piece("expect")(...)
end

helpers.parts = require "roisim.part" (native, helpers)
local make_model, finish = require "roisim.model" (native, helpers)
roi.model = make_model
local elsewhere = {
  inputs = "model.inputs", outputs = "model.outputs", time = "model.time", horizon = "model.horizon",
  discount_rate = "model.discount_rate", param = "model:param(name, default)", cost = "model:cost(name, value)",
  benefit = "model:benefit(name, value)", correlate = "model:correlate { { x.a, x.b, 0.6 } }",
  risk = "model:risk(name, { probability = , loss = , at = })",
}
for _, name in ipairs { "ar1", "random_walk", "geometric_walk", "mean_reversion", "jump" } do
  elsewhere[name] = "roi.process." .. name .. " { ... }"
end
for name in pairs(experience) do elsewhere[name] = "roi.curve." .. name end
local library = sealed("roi", hold(roi), elsewhere, { never = function() return native.given(huge) end })
native.ready(library, finish)
return library
