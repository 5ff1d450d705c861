-- roi.process: series that remember the period before (autoregression, walks, mean reversion) or are shaken now and then (jumps).
-- A piece of lua/roisim.lua, which calls the function returned here with the native functions and its helpers; it gives back the
-- functions by name.
--
-- All of them are recurrences on plain operations and draws made each period, so the engine needs to know nothing of them. The
-- steps of mean reversion are those of the continuous process seen once a period, not Euler's: the law does not depend on how
-- finely time is divided.
--
-- REFERENCE  Glasserman, Monte Carlo Methods in Financial Engineering (2003), 3.2 (walks, geometric Brownian motion), 3.3.2
--            (Ornstein-Uhlenbeck and its exact steps), 3.5.1 (compound Poisson jumps on a fixed grid).
return function(native, helpers)

local type, ipairs, huge = type, ipairs, math.huge
local format = string.format
local failf, check_number = helpers.failf, helpers.check_number
local shape, describe = native.shape, native.describe

local fields, jump = helpers.piece("fields"), helpers.piece("jump")
local finite, spread, above_0, anything = fields.rules.finite, fields.rules.not_negative, fields.rules.above_0, fields.anything
local above_minus_1 = { holds = function(v) return v > -1 and v < huge end, says = "above -1 (-100%)" }
local stable = { holds = function(v) return v > -1 and v < 1 end, says = "between -1 and 1 (at 1 it is roi.process.random_walk)" }
local count = fields.whole(1, jump.most_sizes)

-- The fields of each process beside name and shock: rule, default (nil: may be left out and stays nil), needed.
local forms = {
  ar1 = { example = "{ mean = 100, phi = 0.8, sd = 5 }",
    { "mean", finite, 0 }, { "phi", stable, needed = true }, { "sd", spread, needed = true }, { "start", finite } },
  random_walk = { example = "{ start = 100, drift = 0.5, sd = 5 }",
    { "start", finite, 0 }, { "drift", finite, 0 }, { "sd", spread, needed = true } },
  geometric_walk = { example = "{ start = 100, growth = 0.01, sd = 0.05 }",
    { "start", finite, needed = true }, { "growth", above_minus_1, 0 }, { "sd", spread, needed = true } },
  mean_reversion = { example = "{ start = 80, level = 100, speed = 0.2, sd = 5 }",
    { "level", finite, needed = true }, { "speed", above_0, needed = true }, { "sd", spread, needed = true }, { "start", finite } },
  jump = { example = "{ rate = 0.1, size = roi.lognormal { p5 = 1000, p95 = 9000 } }",
    { "rate", spread, needed = true }, { "most", count } },
}

local name_rule = { check = function(what, _, name)
  if type(name) ~= "string" or name == "" then failf("%s: name must be a text that is not empty, not %s", what, describe(name)) end
  helpers.check_length(what, name)
  return name
end }

-- Checks what a script gave and returns the fields with their defaults. more: the options that are no numbers.
local function read(name, spec, more)
  local what, form = "roi.process." .. name, forms[name]
  native.horizon(what)
  if type(spec) ~= "table" then failf("%s takes a table, such as %s, not %s", what, form.example, describe(spec)) end
  local rows = { { "name", name_rule } }
  for _, field in ipairs(more) do rows[#rows + 1] = { field, anything } end
  local p = fields.read(what, fields.join(rows, form), spec, what .. " " .. form.example)
  p.what = what
  return p
end

-- Names a draw NAME.PART if the process has a name; else it keeps its automatic one.
local function named(p, draw, part)
  local _, unnamed = native.is_draw(draw)
  return p.name and unnamed and native.draw_named(draw, p.name .. "." .. part) or draw
end

-- What moves the process in each period, of mean 0 and sd 1: the script's own series, or a standard normal draw.
local function shock_of(p, given)
  local shock = named(p, given == nil and native.each_period(native.normal(0, 1)) or given, "shock")
  if shape(shock) ~= "series" or native.start(shock) ~= 1 then
    failf("%s: shock must be a series from period 1, such as roi.each_period(roi.normal(0, 1)), not %s", p.what, describe(given))
  end
  return shock
end

-- The series d_p = keep d_(p-1) + push_p, d before period 1.
local function fading(keep, d, push)
  local list = {}
  for period = 1, native.horizon("roi.process") do
    d = keep * d + push[period]
    list[period] = d
  end
  return native.series(list)
end

-- A series that moves by factors takes its deviation as a share of itself. A step whose own deviation is above 2, a factor of 7 up
-- or down in one period, is surely an amount given for a share. step_sd: of a period's change in logs, if it is a plain number.
local function warn_of_amount(p, given, step_sd)
  if given ~= nil or type(step_sd) ~= "number" or not (step_sd > 2) then return end
  local file, line = native.place()
  native.warn(file, line, format("%s: sd = %g is relative to the series itself here, not an amount: 0.1 is about 10%% a period",
    p.what, p.sd), "relative-sd")
end

-- How far from its level a process starts: as told, or as it is found at any moment in the long run.
local function first_distance(p, start, level, long_run_sd)
  if start ~= nil then return start - level end
  return long_run_sd * named(p, native.normal(0, 1), "start")
end

local process = {}

-- x_p = mean + phi (x_(p-1) - mean) + sd e_p
function process.ar1(spec)
  local p = read("ar1", spec, { "shock" })
  local shock = shock_of(p, p.shock)
  local d = first_distance(p, p.start, p.mean, p.sd / native.sqrt(1 - p.phi * p.phi))
  return p.mean + fading(p.phi, d, p.sd * shock)
end

-- x_p = x_(p-1) + drift + sd e_p
function process.random_walk(spec)
  local p = read("random_walk", spec, { "shock" })
  return p.start + p.drift * native.time(1) + p.sd * native.cumsum(shock_of(p, p.shock))
end

-- x_p = x_(p-1) (1 + growth) exp(sd e_p - sd^2 / 2)
function process.geometric_walk(spec)
  local p = read("geometric_walk", spec, { "shock" })
  warn_of_amount(p, p.shock, p.sd)
  local drift = native.log1p(p.growth) - p.sd * p.sd / 2
  return p.start * native.exp(drift * native.time(1) + p.sd * native.cumsum(shock_of(p, p.shock)))
end

-- dx = speed (level - x) dt + sd dW, seen at the end of each period; with log = true this is the logarithm of the series.
function process.mean_reversion(spec)
  local p = read("mean_reversion", spec, { "shock", "log" })
  local in_logs, level, start = p.log, p.level, p.start
  if in_logs ~= nil and type(in_logs) ~= "boolean" then failf("%s: log must be true or false, not %s", p.what, describe(in_logs)) end
  if in_logs then
    level = native.log(check_number(p.what, "level", level, above_0))
    start = start ~= nil and native.log(check_number(p.what, "start", start, above_0)) or nil
  end
  local shock = shock_of(p, p.shock)
  local long_run_sd = p.sd / native.sqrt(2 * p.speed)
  local step_sd = long_run_sd * native.sqrt(-native.expm1(-2 * p.speed))
  if in_logs then warn_of_amount(p, p.shock, step_sd) end
  local x = level + fading(native.exp(-p.speed), first_distance(p, start, level, long_run_sd), step_sd * shock)
  return in_logs and native.exp(x) or x
end

-- As many jumps in a period as a Poisson number of mean rate says; each of a size of its own if size is a distribution.
function process.jump(spec)
  local p = read("jump", spec, { "size" })
  local size, what = p.size, p.what
  if size == nil then failf("%s: size is missing; write %s %s", what, what, forms.jump.example) end
  local most = p.most
  if most ~= nil and type(most) ~= "number" then failf("%s: most must be %s, not %s", what, count.says, describe(most)) end
  local _, _, each = native.is_draw(size)
  if not each then check_number(what, "size", size, finite) end
  local total = jump.jumps(what, p.rate, size, most, function(draw, part, k)
    return named(p, draw, k and k > 1 and part .. "." .. k or part)
  end)
  return total
end

return process
end
