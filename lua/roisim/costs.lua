-- Costs over time in the words of a business: seats, use, steps, connectors, training. A piece of lua/roisim.lua, loaded at the first
-- call of one of them; it gives back the methods of a part.
--
-- A price that is one number says how often it falls due by `every`; a price as a series is that of each period.
return function(native, helpers)

local ipairs, format = ipairs, string.format
local failf, is_whole = helpers.failf, helpers.is_whole
local fields, book, shift, tiers = helpers.piece("fields"), helpers.piece("book"), helpers.piece("shift"), helpers.piece("tiers")
local rules, join = fields.rules, fields.join

local methods = {}

local function define(method, example, form, f) book.define(methods, method, example, form, book.cost_fields, f) end

-- -- seats

-- What is paid where each seat taken on is paid for n periods at least. Of what was billed, the seats of the last n periods can't be
-- given back:  billed_p = max(count_p, added_(p-1) + ... + added_(p-n+1)),  added_p = max(billed_p - billed_(p-1), 0).
local function committed(count, n)
  local added, list, billed, bound = {}, {}, 0, 0
  for p = 1, native.horizon("seats") do
    if p > n then bound = bound - added[p - n] end
    local now = native.max(count[p], bound)
    added[p] = native.max(now - billed, 0)
    bound = bound + added[p]
    billed, list[p] = now, now
  end
  return native.series(list)
end

define("seats", "{ count = 12, price = 35, every = \"month\" }", join({
  { "count", rules.not_negative, needed = true, series = true },
  { "commit", { holds = function(v) return is_whole(v, 1, 1200) end, says = "a whole number of months from 1 to 1200" }, plain = true },
}, tiers.fields), function(part, p)
  tiers.check(p)
  local count, always = book.steady(p.count), nil
  if p.commit then
    -- A gate ends the use and not the contract.
    count, always = committed(book.held(part, p, count), -(-p.commit * part.per_year // 12)), true
  end
  local cost = tiers.cost(p, count, function(price) return part:periods(p.what .. ": price", price, p.every) end)
  book.cost(part, p, cost, "licences", nil, always)
  return book.held(part, p, count)
end)

-- -- use

local learning_form = { { "rate", rules.discount, needed = true }, { "at", rules.above_0, 1 } }

define("usage", "{ units = 20e3, every = \"month\", price = 0.05 }", join({
  { "units", rules.not_negative, needed = true, series = true }, { "included", rules.not_negative, 0, series = true },
  { "learning", fields.table_of(learning_form, "{ rate = 0.15, at = 1000 }") },
}, tiers.fields), function(part, p)
  tiers.check(p)
  local used = book.counted(part, p, "units")
  local units = p.included ~= 0 and native.max(used - p.included, 0) or used
  local cost = tiers.cost(p, units)
  if p.learning then
    -- The unit at the middle of the period stands for the period's.
    local done = native.cumsum(used) - used / 2
    cost = cost * helpers.piece("experience").wright(done, { first = 1, rate = p.learning.rate, at = p.learning.at })
  end
  book.cost(part, p, cost, "running")
  return book.held(part, p, cost)
end)

-- -- steps

-- A load that is a whole number of capacities but for rounding takes no step more.
local slack = 1e-9

define("steps", "{ load = 900, capacity = 400, price = 1500, every = \"month\" }", {
  { "load", rules.not_negative, needed = true, series = true }, { "capacity", rules.above_0, needed = true, series = true },
  { "price", rules.not_negative, needed = true, series = true }, { "already", rules.not_negative, 0, series = true },
}, function(part, p)
  local needed = native.max(native.ceil(p.load / p.capacity - slack) - p.already, 0)
  book.cost(part, p, needed * part:periods(p.what .. ": price", p.price, p.every), "running")
  return book.held(part, p, book.steady(needed))
end)

-- -- connectors

local stage_form = {
  { "at", rules.moment, needed = true }, { "count", rules.not_negative, 1 }, { "build", rules.not_negative, needed = true },
  { "run", rules.not_negative, 0 },
}
local stages = { "stages", fields.list_of(stage_form, "{ at = 0, count = 2, build = 5000, run = 150 }"), needed = true }

define("connectors", "{ stages = { { at = 0, count = 2, build = 5000, run = 150 } }, every = \"month\" }", { stages }, function(part, p)
  local build, run = nil, nil
  for i, stage in ipairs(p.stages) do
    part:warn_late(format("%s: stages %d", p.what, i), stage.at)
    local once = native.at(stage.at, stage.count * stage.build)
    build = build and build + once or once
    if stage.run ~= 0 then
      local what = format("%s: stages %d: run", p.what, i)
      local each = part:periods(what, stage.count * stage.run, p.every) * shift.from(native.time(1), native.ceil(stage.at))
      run = run and run + each or each
    end
  end
  book.cost(part, p, run and build + run or build, "connectors")
  return book.held(part, p, run and build + run or build)
end)

-- -- training

define("training", "{ people = 40, hours = 6, wage = 30, fee = 200, at = 0 }", {
  { "people", rules.not_negative, needed = true, series = true }, { "hours", rules.not_negative, 0, series = true },
  { "wage", rules.not_negative, series = true }, { "fee", rules.not_negative, 0, series = true },
  { "at", rules.moment }, { "turnover", rules.discount, 0 },
}, function(part, p)
  if p.every ~= nil then failf("%s: people are trained once, and those who come for others by turnover: leave out 'every'", p.what) end
  if p.hours ~= 0 and p.wage == nil then failf("%s: hours without wage: say what an hour of theirs costs, wage = 30", p.what) end
  local each, trained = p.hours * (p.wage or 0) + p.fee, nil
  local grows = native.shape(p.people) == "series"
  if grows then
    if p.at ~= nil then failf("%s: people is a series, and they are trained when they come: leave out 'at'", p.what) end
    trained = native.max(native.diff(p.people), 0)
  else
    part:warn_late(p.what, p.at)
    trained = native.at(p.at or 0, p.people)
  end
  if p.turnover ~= 0 then
    local t = native.time(1)
    local there = grows and native.lag(p.people, 1) or p.people * native.compare("gt", t, native.ceil(p.at or 0))
    trained = trained + there * (p.turnover / part.per_year)
  end
  book.cost(part, p, trained * each, "training")
  return book.held(part, p, trained)
end)

return methods
end
