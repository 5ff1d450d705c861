-- Pools: hours (or anything else) that there are only so many of, so that two use cases can't save the same hour twice. A piece of
-- lua/roisim.lua, loaded at the first call of model:pool.
--
-- What is asked of a pool is known when the script has ended, and what it grants is used before: shares are promises. In each trial
-- and period the sum of what is granted is at most what there is. Negative amounts (a saving that turns out a burden) ask nothing of
-- the pool and are granted as they are.
return function(native, helpers)

local ipairs, setmetatable, type, huge = ipairs, setmetatable, type, math.huge
local format = string.format
local failf, word, check_options, names_of = helpers.failf, helpers.word, helpers.check_options, helpers.names_of
local shape, describe, place = native.shape, native.describe, native.place

local rules = { pro_rata = true, order = true }
local least = 0x1p-1022 -- above 0, and below all that means anything

local pools = {} -- proxy -> pool
local names = {} -- name -> pool

local function above_0(s) return native.max(s, 0) end
local function below_0(s) return native.min(s, 0) end

-- What all that was asked comes to; 0 where nothing was.
local function asked(pool)
  local sum = native.time(0) * 0
  for _, s in ipairs(pool.asked) do sum = sum + above_0(s) end
  return sum
end

-- The share of each request that a pool can grant by the rule "pro_rata": hours / asked, at most 1.
local function share(pool)
  return pool.hours / native.max(native.max(asked(pool), pool.hours), least)
end

local Pool = {}
Pool.__index = Pool

-- Grants a part some of the hours it would save or use, a series; the part's gates count. Returns what is granted, a series.
function Pool:take(part, name, hours)
  local what = format("pool '%s'", self.name)
  part:check_open(format("%s: '%s'", what, name))
  local wanted = part:active(hours)
  part:hold(format("'%s', which takes from %s", name, what))
  local granted
  if self.rule == "pro_rata" then
    self.share = self.share or native.promise("from 0", format("what pool '%s' grants", self.name))
    granted = above_0(wanted) * self.share + below_0(wanted)
  else
    local left = self.left or self.hours
    granted = native.min(wanted, left)
    self.left = left - above_0(granted)
  end
  self.asked[#self.asked + 1], self.granted[#self.granted + 1] = wanted, granted
  self.takers[#self.takers + 1] = { part = part, name = name, asked = wanted, granted = granted }
  return granted
end

local function finish(pool)
  if #pool.asked == 0 then
    native.warn(pool.file, pool.line, format("nothing takes from pool '%s': give { pool = ... } to free_hours or time_saved", pool.name),
      "idle-pool")
  end
  native.stand_at(pool.file, pool.line)
  if pool.share then native.keep(pool.share, share(pool)) end
  native.stand_at()
end

-- The script's fields, checked.
local function read(root, name, spec)
  local what = "model:pool(name, { hours = , rule = })"
  if type(name) ~= "string" or name == "" then failf("%s: the name must be a text, not %s", what, describe(name)) end
  helpers.check_length("pool", name)
  if names[name] then failf("pool '%s': a pool of that name %s; names must differ", name, helpers.stands(names[name].line)) end
  what = format("pool '%s'", name)
  if type(spec) ~= "table" then failf("%s takes { hours = , rule = \"pro_rata\" }, not %s", what, describe(spec)) end
  spec = check_options(what, spec, { "hours", "rule" })
  if spec.hours == nil then
    failf("%s has no size: hours = , what there is in each %s (a number, uncertain, or a series)", what, root.model.period)
  end
  local s = shape(spec.hours)
  if not s then failf("%s: hours must be a number, an uncertain number or a series, not %s", what, describe(spec.hours)) end
  if s == "number" and not (spec.hours >= 0 and spec.hours < huge) then
    failf("%s: hours %s must be 0 or more%s", what, describe(spec.hours),
      spec.hours == huge and ", and finite: without a bound no pool is needed" or "")
  elseif s == "number" then
    helpers.check_size(what .. ": hours", spec.hours)
  elseif s == "series" and native.is_plain(spec.hours) and native.min_over(spec.hours) < 0 then
    failf("%s: hours must be 0 or more in each %s; the least of the series is %g", what, root.model.period, native.min_over(spec.hours))
  end
  if s ~= "number" and native.may_be_never(spec.hours) then
    failf("%s: hours may be never in some trials, and a pool holds a number in all: bound them by roi.min(hours, 1e6)", what)
  end
  if spec.rule ~= nil and not rules[spec.rule] then
    failf("%s: rule = %s must be \"pro_rata\" (all are cut alike) or \"order\" (who comes first in the script is served first)%s", what,
      describe(spec.rule), native.suggest(word(spec.rule), names_of(rules)))
  end
  return spec
end

local piece = {}

-- model:pool(name, { hours =, rule = "pro_rata" | "order" })
function piece.pool(root, name, fields)
  local spec = read(root, name, fields)
  local file, line = place()
  local hours = spec.hours
  if shape(hours) ~= "series" then hours = hours + native.time(0) * 0 end
  local pool = setmetatable({ name = name, rule = spec.rule or "pro_rata", hours = above_0(hours), file = file, line = line or 0,
    asked = {}, granted = {}, takers = {} }, Pool)
  names[name], root.pools[#root.pools + 1] = pool, pool
  root.finishers[#root.finishers + 1] = function() finish(pool) end
  local proxy = native.proxy { __metatable = false, __name = format("pool '%s'", name),
    __index = function(_, field)
      if field == "name" or field == "hours" or field == "rule" then return pool[field] end
      failf("pool '%s' has no '%s'%s", name, word(field), native.suggest(word(field), { "name", "hours", "rule" }))
    end,
    __newindex = function(_, field) failf("pool '%s' can't be changed: '%s' is set by model:pool", name, word(field)) end }
  pools[proxy] = pool
  return proxy
end

-- The pool behind what a script gave as `pool`.
function piece.of(what, value)
  return pools[value] or failf("%s: pool must be what model:pool(name, { hours = }) gave, not %s", what, describe(value))
end

return piece
end
