-- roi.curve: curves over time (adoption, learning, price levels). A piece of lua/roisim.lua, which calls the function returned
-- here with the native functions and its helpers; it gives back the curves by name.
--
-- A curve is a function of a time t: a number, an uncertain value or a series. Curves with fields can leave t out and are then
-- over model.time. All are made of plain operations period by period, so plain numbers give plain numbers, and a period of the
-- series is what the curve gives for that period alone.
--
-- REFERENCE  Bass, A new product growth for model consumer durables, Management Science 15 (1969) 215-227: the share of those
--            who have adopted. Logistic and Gompertz curves through two points: both are straight lines in time after
--            log(y / (1 - y)) and log(-log y), and a line is fixed by two points.
-- ACCURACY   Against mpmath at 40 digits (tests/lua/curves.lua): 1e-14 relative for logistic and Gompertz curves; the Bass share
--            to 1e-15 absolute, since 1 - exp(-x) is taken as written so that exp can step from period to period.
return function(native, helpers)

local type, ipairs, pairs, select, tonumber, huge = type, ipairs, pairs, select, tonumber, math.huge
local format, concat, unpack = string.format, table.concat, table.unpack
local failf, check_options, is_whole, word = helpers.failf, helpers.check_options, helpers.is_whole, helpers.word
local check_number = helpers.check_number
local shape, describe, place, rows_of = native.shape, native.describe, native.place, helpers.rows_of

local fields = helpers.piece("fields")
local finite, rate, above_0, percent_hint = fields.rules.finite, fields.rules.not_negative, fields.rules.above_0, fields.in_percent
local moment = { holds = helpers.is_moment, says = "a period, or roi.never", hint = helpers.never_hint } -- may lie before now

local time = { holds = function(v) return v == v end, says = "a number" }

local function check_time(what, t)
  if not shape(t) or t ~= t then failf("%s: t must be a time, such as model.time, not %s", what, describe(t)) end
  return helpers.float(t)
end

-- The arguments of a curve, checked: they are named in its usage, and each must be a number or an uncertain value.
local function read_arguments(what, names, ...)
  local n = select("#", ...)
  local usage = format("%s(%s)", what, concat(names, ", "))
  local values = {}
  if n > #names then failf("%s takes %d arguments, not %d", usage, #names, n) end
  for i, name in ipairs(names) do
    local v = (select(i, ...))
    if i > n or v == nil then failf("%s: %s is missing (a name not set?)", usage, name) end
    local s = shape(v)
    if not s then failf("%s: %s must be a number or an uncertain value, not %s", usage, name, describe(v)) end
    if s == "number" then check_number(usage, name, v, name == "t" and time or finite) end
    values[i] = helpers.float(v)
  end
  return unpack(values)
end

-- (t, spec), or spec alone over model.time; the time and the table.
local function time_and_spec(what, example, t, spec, extra)
  if type(t) == "table" and spec == nil then
    native.horizon(what)
    t, spec = native.time(1), t
  end
  if extra ~= nil then failf("%s takes a time and one table: %s(t, %s)", what, what, example) end
  if type(spec) ~= "table" then
    failf("%s takes a table, such as %s(t, %s), not %s", what, what, example, describe(spec))
  end
  return check_time(what, t), spec
end

-- The numbers among the fields of a curve, checked.
local function read_fields(what, example, form, spec)
  return fields.read(what, form, spec, format("%s(t, %s)", what, example))
end

local least = 0x1p-1022 -- above 0, and below all that means anything

local function both_numbers(a, b) return type(a) == "number" and type(b) == "number" end

local function less(a, b) return b == 0 and a or a - b end

-- 0 before `from`, 1 once `width` has passed, a straight line between; where an uncertain width is not above 0, a jump after `from`.
local function risen(t, from, width)
  if not (type(width) == "number" and width > 0) then width = native.max(width, least) end
  return native.max(native.min(less(t, from) / width, 1), 0)
end

-- From a to b as w goes from 0 to 1; exactly a and exactly b at the ends.
local function blend(a, b, w) return a == 0 and b * w or a * (1 - w) + b * w end

local curve = {}

-- -- through two points

local two_points = "{ start = 0.05, reach = 0.9, at = 18 }"
local two_point_form = { { "start", finite, needed = true }, { "reach", finite, needed = true }, { "at", finite, needed = true },
  { "from", finite, 0 }, { "top", above_0, 1 } }

-- The straight line that the curve becomes by `straighten`, through start at `from` and reach at `at`; the top that it nears.
local function line_through(what, straighten, t, spec)
  local p = read_fields(what, two_points, two_point_form, spec)
  for _, field in ipairs { "start", "reach" } do
    local v = p[field]
    if both_numbers(v, p.top) and not (v > 0 and v < p.top) then
      failf("%s: %s %g must be above 0 and below %s%s", what, field, v,
        spec.top == nil and "1, which the curve never reaches" or format("top %g", p.top),
        v <= 0 and " (what begins at 0 is roi.curve.ramp or roi.curve.bass)" or spec.top == nil and percent_hint(v) or "")
    end
  end
  if both_numbers(p.at, p.from) and not (p.at > p.from) then
    failf("%s: at %g must be after %s", what, p.at, spec.from == nil and "0, where start stands" or format("from %g", p.from))
  end
  local function straight(v) return straighten(p.top == 1 and v or v / p.top) end
  local first = straight(p.start)
  return first + (straight(p.reach) - first) / less(p.at, p.from) * less(t, p.from), p.top
end

local function scaled(top, y) return top == 1 and y or top * y end

local function logit(y) return native.log(y / (1 - y)) end

-- 1 / (1 + exp(-k (t - mid))), or through two points
function curve.logistic(...)
  local t, spec = ...
  if type(t) == "table" or type(spec) == "table" then
    t, spec = time_and_spec("roi.curve.logistic", two_points, ...)
    local line, top = line_through("roi.curve.logistic", logit, t, spec)
    return scaled(top, native.sigmoid(line))
  end
  local k, mid
  t, k, mid = read_arguments("roi.curve.logistic", { "t", "k", "mid" }, ...)
  return native.sigmoid(k * (t - mid))
end

local function minus_log_minus_log(y) return -native.log(-native.log(y)) end

-- exp(-exp(-k (t - mid))), or through two points
function curve.gompertz(...)
  local t, spec = ...
  if type(t) == "table" or type(spec) == "table" then
    t, spec = time_and_spec("roi.curve.gompertz", two_points, ...)
    local line, top = line_through("roi.curve.gompertz", minus_log_minus_log, t, spec)
    return scaled(top, native.exp(-native.exp(-line)))
  end
  local k, mid
  t, k, mid = read_arguments("roi.curve.gompertz", { "t", "k", "mid" }, ...)
  return native.exp(-native.exp(-k * (t - mid)))
end

-- -- Bass

-- Where t is known and nowhere below 0 there is nothing to cut off, and exp(-(p + q) t) can step from period to period.
local function from_0(t)
  if type(t) == "number" then return native.max(t, 0) end
  if shape(t) == "series" and native.is_plain(t) and native.min_over(t) >= 0 then return t end
  return native.max(t, 0)
end

-- (1 - e) / (1 + (q/p) e), e = exp(-(p + q) t), times p / p; 0 before t = 0 and where p is 0.
function curve.bass(...)
  local t, p, q = read_arguments("roi.curve.bass", { "t", "p", "q" }, ...)
  for field, v in pairs { p = p, q = q } do
    if type(v) == "number" then
      check_number("roi.curve.bass", field, v, rate)
      if v > 1 then
        local file, line = place()
        native.warn(file, line, format("roi.curve.bass: %s %g is %g%% a period%s", field, v, v * 100, percent_hint(v)), "percent")
      end
    end
  end
  local e = native.exp(-(p + q) * from_0(t))
  local below = p + q * e
  -- 0 / 0 where p is 0 and q e too; any positive number makes it 0.
  if not (type(p) == "number" and p >= least) then below = native.max(below, least) end
  return p * (1 - e) / below
end

-- -- by hand

local ramp_example = "{ before = 0.2, from = 3, periods = 4, to = 0.85 }"
local ramp_form = { { "before", finite, 0 }, { "from", moment, needed = true }, { "to", finite, needed = true },
  { "periods", above_0 }, { "till", finite } }

-- before up to `from`, to once `periods` have passed or at `till`, a straight line between
function curve.ramp(...)
  local what = "roi.curve.ramp"
  local t, spec = time_and_spec(what, ramp_example, ...)
  local p = read_fields(what, ramp_example, ramp_form, spec)
  if (p.periods == nil) == (p.till == nil) then
    failf("%s: say how long it takes, periods = 4, or when it ends, till = 7%s", what, p.till and ", not both" or "")
  end
  if p.till ~= nil and both_numbers(p.from, p.till) and p.from < huge and not (p.till > p.from) then
    failf("%s: till %g must be after from %g (for a jump write roi.curve.step)", what, p.till, p.from)
  end
  return blend(p.before, p.to, risen(t, p.from, p.periods or p.till - p.from))
end

-- The pairs of a list, each checked; pairs[i] = { time, value }. Plain times must rise.
local function read_points(what, example, spec, options, time_rule)
  local rest = {}
  for key, value in pairs(spec) do
    if type(key) ~= "number" then rest[key] = value
    elseif not is_whole(key, 1, #spec) then failf("%s: the list has gaps; write %s(t, %s)", what, what, example) end
  end
  rest = check_options(what, rest, options)
  if #spec == 0 then failf("%s: no points; write %s(t, %s)", what, what, example) end
  local last, list = nil, {}
  for i = 1, #spec do
    local point = spec[i]
    if type(point) ~= "table" or #point ~= 2 then
      failf("%s: point %d is { time, value }, not %s; write %s(t, %s)", what, i,
        type(point) == "table" and format("a list of %d", #point) or describe(point), what, example)
    end
    helpers.whole_list(format("%s: point %d", what, i), point)
    local time = check_number(what, format("the time of point %d", i), point[1], time_rule)
    local value = check_number(what, format("the value of point %d", i), point[2], finite)
    if last and both_numbers(last, time) and not (time > last) then
      failf("%s: times must rise, but point %d at %g follows %g", what, i, time, last)
    end
    last = type(time) == "number" and time or last
    list[i] = { time, value }
  end
  return list
end

local step_example = "{ { 0, 0.1 }, { 6, 0.5 }, { 12, 0.8 } }"

-- Each level from its time on; before (0) ahead of the first.
function curve.step(...)
  local what = "roi.curve.step"
  local t, spec = time_and_spec(what, step_example, ...)
  local level = 0
  if spec.before ~= nil then level = check_number(what, "before", spec.before, finite) end
  for _, point in ipairs(read_points(what, step_example, spec, { "before" }, moment)) do
    -- 1 from its time on. Not by roi.ge: a curve that nothing uses must not be warned about as conditions of the script.
    local begun = native.max(native.min(native.floor(less(t, point[1])) + 1, 1), 0)
    level = native.where(begun, point[2], level)
  end
  return level
end

local piecewise_example = "{ { 0, 0.1 }, { 6, 0.5 }, { 12, 0.8 } }"

-- Straight lines through points, the first and the last value beyond them. Where an uncertain time falls before an earlier
-- point's, it counts as that one's: a jump there.
function curve.piecewise(...)
  local what = "roi.curve.piecewise"
  local t, spec = time_and_spec(what, piecewise_example, ...)
  local points, xs, ys, plain = read_points(what, piecewise_example, spec, {}, finite), {}, {}, true
  for i, point in ipairs(points) do
    xs[i], ys[i] = point[1], point[2]
    plain = plain and both_numbers(xs[i], ys[i])
  end
  if plain then return native.interp(t, xs, ys) end
  if #xs == 1 then return ys[1] + 0 * t end
  local x, y = xs[1], ys[1]
  for i = 2, #xs do
    local next_x = both_numbers(x, xs[i]) and xs[i] or native.max(x, xs[i])
    y = blend(y, ys[i], risen(t, x, next_x - x))
    x = next_x
  end
  return y
end

-- -- from a file

local csv_example = "{ file = \"adoption.csv\", column = \"share\" }"

-- The place of a column, given by its name or its number.
local function find_column(what, file, header, named, field, column)
  if is_whole(column, 1, #header) then return column end
  if type(column) == "number" then
    failf("%s: %s %g must be a whole number from 1 to %d, the columns of %s", what, field, column, #header, file)
  elseif type(column) ~= "string" then
    failf("%s: %s must be the name or the number of a column, not %s", what, field, describe(column))
  end
  if not named then failf("%s: %s '%s': the first line of %s has no names; give the column's number", what, field, column, file) end
  local found
  for j, name in ipairs(header) do
    if name == column then
      if found then failf("%s: column '%s' stands twice in %s; give its number", what, column, file) end
      found = j
    end
  end
  return found or failf("%s: %s has no column '%s'%s", what, file, word(column), helpers.hint(column, header))
end

local function read_cell(what, file, row, j)
  local cell = row.cells[j] or ""
  local x = not cell:find("[xXnN]") and tonumber(cell)
  if not x or not finite.holds(x) then
    failf("%s: %s, row %d, column %d: %s%s", what, file, row.line, j,
      cell == "" and "a number is missing" or format("'%s' is not a number", cell),
      cell:find("^%s*-?%d*,%d+%s*$") and "; decimals have a point" or "")
  end
  return x + 0.0
end

-- The points of a file: times and values, plain numbers.
local function read_series(what, spec)
  local file = spec.file
  if type(file) ~= "string" then
    failf("%s: file must be the name of a file, not %s; write %s(t, %s)", what, describe(file), what, csv_example)
  end
  local rows = rows_of(file)
  if #rows == 0 then failf("%s: %s has no numbers", what, file) end
  local header, named = rows[1].cells, false
  for _, cell in ipairs(header) do named = named or cell ~= "" and not tonumber(cell) end
  if spec.column == nil and #header > 1 then
    failf("%s: column is missing: %s has %s", what, file, named and concat(header, ", ") or format("%d columns", #header))
  end
  local value_at = spec.column == nil and 1 or find_column(what, file, header, named, "column", spec.column)
  local time_at = spec.time ~= nil and find_column(what, file, header, named, "time", spec.time)
  local xs, ys = {}, {}
  for i = named and 2 or 1, #rows do
    local row, n = rows[i], #xs + 1
    ys[n] = read_cell(what, file, row, value_at)
    xs[n] = time_at and read_cell(what, file, row, time_at) or n + 0.0
    if n > 1 and not (xs[n] > xs[n - 1]) then
      failf("%s: %s, row %d: times must rise, but %g follows %g", what, file, row.line, xs[n], xs[n - 1])
    end
  end
  if #xs == 0 then failf("%s: %s has no numbers below its names", what, file) end
  return xs, ys
end

-- Straight lines through the numbers of a column, at the times of another or at 1, 2, ... held: a library that ends in
-- `return roi.curve.csv(...)` is still known to have asked.
curve.csv = native.held(function(...)
  local what = "roi.curve.csv"
  local t, spec = time_and_spec(what, csv_example, ...)
  spec = check_options(what, spec, { "file", "column", "time", "hold" })
  if spec.hold ~= nil and type(spec.hold) ~= "boolean" then
    failf("%s: hold must be true or false, not %s", what, describe(spec.hold))
  end
  local xs, ys = read_series(what, spec)
  local last = nil
  if type(t) == "number" then last = t
  elseif shape(t) == "series" and native.is_plain(t) then last = native.max_over(t) end
  if last and last > xs[#xs] and not spec.hold then
    local file, line = place()
    native.warn(file, line, format("%s: %s ends at %g and t goes on to %g: its last value, %g, is held (say so by hold = true)",
      what, spec.file, xs[#xs], last, ys[#ys]), "past-data")
  end
  return native.interp(t, xs, ys)
end)

return curve
end
