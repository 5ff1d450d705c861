-- Benefits in the words of a business: time saved, hours freed, revenue, errors avoided, faster cycles, quality, personalisation, fees
-- replaced. A piece of lua/roisim.lua, loaded at the first call of one of them; it gives back the methods of a part.
--
-- Each call states one formula, and returns the quantity behind the money (hours, errors, days), so that scripts and KPIs can go on
-- with it; so whatever stops the part must have been declared before (book.held). Amounts are a period's; a count that is one number
-- says how often by `every`.
return function(native, helpers)

local type, ipairs, format = type, ipairs, string.format
local failf, place = helpers.failf, native.place
local fields, book = helpers.piece("fields"), helpers.piece("book")
local rules, either = fields.rules, fields.either

local methods = {}

local function define(method, example, form, f) book.define(methods, method, example, form, book.benefit_fields, f) end

-- Whether any of these fields was given.
local function given(p, ...)
  for _, field in ipairs { ... } do
    if p[field] ~= nil then return true end
  end
  return false
end

-- -- hours

local pool = { "pool", fields.anything }

-- The hours that a pool lets go, or all without a pool.
local function granted(part, p, hours)
  if p.pool == nil then return hours end
  return helpers.piece("pool").of(p.what, p.pool):take(part, p.name, hours)
end

-- volume (minutes - check) / 60
local function hours_of(part, p)
  local file, line = place()
  helpers.hours[#helpers.hours + 1] = { part = part, name = p.name, volume = p.volume, minutes = p.minutes, pool = p.pool, file = file,
    line = line }
  return book.dipped(p, book.counted(part, p, "volume") * ((p.minutes - p.check) / 60))
end

-- Plain minutes that checking eats up altogether: perhaps meant, perhaps minutes and seconds.
local function warn_of_check(p)
  if type(p.minutes) ~= "number" or type(p.check) ~= "number" or p.minutes <= 0 or p.check < p.minutes then return end
  local file, line = place()
  native.warn(file, line, format("%s: checking takes %g minutes and only %g are saved, so each item costs time", p.what, p.check,
    p.minutes), "check-eats-saving")
end

define("time_saved", "{ volume = 3000, every = \"month\", minutes = 4, wage = 25, cash = 0.5 }", {
  { "volume", rules.not_negative, needed = true, series = true },
  { "minutes", rules.finite, needed = true, series = true },
  { "wage", rules.not_negative, needed = true, series = true },
  { "cash", rules.share, needed = true, series = true, why = "the share of the saved hours that becomes money. An hour is money only if "
    .. "somebody is paid less or something more is sold; what is not is shown as capacity, outside npv" },
  { "check", rules.not_negative, 0, series = true }, pool,
}, function(part, p)
  if p.kind == "capacity" or p.kind == "welfare" then
    failf("%s: kind = \"%s\" is not what becomes money: cash = 0 says that none of it does", p.what, p.kind)
  end
  warn_of_check(p)
  local hours = granted(part, p, hours_of(part, p))
  local worth = hours * p.wage
  book.benefit(part, p, worth * p.cash, "cash")
  if p.cash ~= 1 then
    local rest = { what = p.what, name = p.name .. " (capacity)", delay = p.delay, basis = p.basis }
    book.benefit(part, rest, worth * (1 - p.cash), "capacity")
  end
  return book.held(part, p, hours)
end)

book.define(methods, "free_hours", "{ volume = 300, every = \"month\", minutes = 5 }", {
  { "volume", rules.not_negative, series = true }, { "minutes", rules.finite, series = true },
  { "check", rules.not_negative, 0, series = true }, { "hours", rules.finite, series = true },
}, book.hour_fields, function(part, p)
  if (p.volume == nil) ~= (p.minutes == nil) or (p.volume == nil) == (p.hours == nil) then
    failf("%s: say what is freed by volume and minutes of each, or by hours", p.what)
  end
  warn_of_check(p)
  local hours = p.hours ~= nil and book.dipped(p, book.counted(part, p, "hours")) or hours_of(part, p)
  return p.pool ~= nil and granted(part, p, hours) or book.held(part, p, hours)
end)

-- -- sales

local margin = { "margin", rules.change, needed = true, series = true,
  why = "the share of revenue that stays when what is sold has been paid for; margin = 1 if the amounts are profit already" }

-- amount, or volume * price
local function amount_of(part, p)
  if given(p, "volume", "price") == given(p, "amount") or (p.volume == nil) ~= (p.price == nil) then
    failf("%s: say what is sold by amount, or by volume and price", p.what)
  end
  if p.amount ~= nil then return book.counted(part, p, "amount") end
  return book.counted(part, p, "volume") * p.price
end

define("revenue", "{ volume = 40, every = \"month\", price = 120, margin = 0.4 }", {
  { "amount", rules.finite, series = true }, { "volume", rules.finite, series = true },
  { "price", rules.not_negative, series = true }, margin,
}, function(part, p)
  local sold = book.dipped(p, amount_of(part, p))
  book.benefit(part, p, sold * p.margin, "revenue")
  return book.held(part, p, sold)
end)

-- What a change of quality does to revenue, as a share of it, by the rule that the script chose.
local function response(p)
  local change
  if p.elasticity ~= nil then change = native.pow(p.value / p.baseline, p.elasticity) - 1
  else change = p.per_point * (p.value - p.baseline) end
  if p.most ~= nil then change = native.max(native.min(change, p.most), -p.most) end
  return change
end

define("quality", "{ revenue = 50e3, every = \"month\", value = 0.85, baseline = 0.8, elasticity = 0.3, margin = 0.4 }", {
  { "revenue", rules.not_negative, needed = true, series = true }, { "value", rules.not_negative, needed = true, series = true },
  { "baseline", rules.above_0, needed = true, series = true }, { "elasticity", rules.finite }, { "per_point", rules.finite },
  { "most", rules.not_negative }, margin,
}, function(part, p)
  either(p, "elasticity", "per_point", "say what quality does to revenue: elasticity (1% more quality, so many % more revenue) or "
    .. "per_point (the share of revenue that a point is worth)")
  local more = book.dipped(p, book.counted(part, p, "revenue") * response(p))
  book.benefit(part, p, more * p.margin, "revenue")
  return book.held(part, p, more)
end)

define("personalisation", "{ revenue = 50e3, every = \"month\", reach = 0.5, lift = 0.04, margin = 0.4 }", {
  { "revenue", rules.not_negative, needed = true, series = true }, { "reach", rules.share, needed = true, series = true },
  { "data", rules.share, 1, series = true }, { "lift", rules.change, needed = true, series = true }, margin,
}, function(part, p)
  local more = book.dipped(p, book.counted(part, p, "revenue") * (p.reach * p.data * p.lift))
  book.benefit(part, p, more * p.margin, "revenue")
  return book.held(part, p, more)
end)

-- -- what is no longer paid

define("errors_avoided", "{ volume = 3000, every = \"month\", rate = 0.04, cut = 0.5, cost = 60 }", {
  { "volume", rules.not_negative, needed = true, series = true }, { "rate", rules.share, needed = true, series = true },
  { "cut", rules.change, needed = true, series = true }, { "cost", rules.not_negative, needed = true, series = true },
}, function(part, p)
  local fewer = book.dipped(p, book.counted(part, p, "volume") * (p.rate * p.cut))
  book.benefit(part, p, fewer * p.cost, "avoided")
  return book.held(part, p, fewer)
end)

define("faster_cycle", "{ cases = 80, every = \"month\", days = 12, cut = 0.25, value = 15 }", {
  { "cases", rules.not_negative, needed = true, series = true }, { "days", rules.not_negative, series = true },
  { "hours", rules.not_negative, series = true }, { "cut", rules.change, needed = true, series = true },
  { "value", rules.not_negative, needed = true, series = true, why = "what a day (or hour) less is worth for one case" },
}, function(part, p)
  either(p, "days", "hours", "say how long a case takes, days = 12 or hours = 12; value is that of one of them")
  local saved = book.dipped(p, book.counted(part, p, "cases") * ((p.days or p.hours) * p.cut))
  book.benefit(part, p, saved * p.value, "avoided")
  return book.held(part, p, saved)
end)

define("fees_replaced", "{ fee = 4000, every = \"month\", share = 0.6 }", {
  { "fee", rules.not_negative, needed = true, series = true }, { "share", rules.change, needed = true, series = true },
}, function(part, p)
  local saved = book.dipped(p, book.counted(part, p, "fee") * p.share)
  book.benefit(part, p, saved, "cash")
  return book.held(part, p, saved)
end)

return methods
end
