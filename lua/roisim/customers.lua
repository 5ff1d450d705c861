-- Benefits counted by customers: more of those who ask buy, fewer leave, new ones come. A piece of lua/roisim.lua, loaded at the first
-- call of one of them; it gives back the methods of a part.
--
-- Customers won or kept go on paying after the period in which that happened. So a gate stops the winning and the keeping, not what
-- those already won pay: the cohorts are made of what the part does as it is at the call, and nothing stops their payments.
--
-- REFERENCE  Gupta, Lehmann, Stuart, Valuing customers, Journal of Marketing Research 41 (2004) 7-18: with a margin and a retention
--            rate that stay, a customer is worth the margin times a sum of powers of the retention rate. Here it is not discounted,
--            for the flow is.
return function(native, helpers)

local type, huge = type, math.huge
local failf = helpers.failf
local fields, book, shift = helpers.piece("fields"), helpers.piece("book"), helpers.piece("shift")
local rules, either = fields.rules, fields.either

local methods = {}

local function define(method, example, form, f) book.define(methods, method, example, form, book.benefit_fields, f) end

-- The share of leads that buy more than before.
local function more_buy(p)
  if p.lift == nil then return p.to - p.rate end
  if type(p.rate) == "number" and type(p.lift) == "number" and p.rate * (1 + p.lift) > 1 then
    failf("%s: rate %g with a lift of %g is %g, more than all leads%s", p.what, p.rate, p.lift, p.rate * (1 + p.lift),
      fields.in_percent(p.lift))
  end
  return native.min(p.rate * (1 + p.lift), 1) - p.rate
end

define("conversion", "{ leads = 400, every = \"month\", rate = 0.05, lift = 0.1, value = 900, margin = 0.4 }", {
  { "leads", rules.not_negative, needed = true, series = true }, { "rate", rules.share, needed = true, series = true },
  { "lift", { holds = function(v) return v >= -1 and v < huge end, says = "-1 or more" }, series = true },
  { "to", rules.share, series = true }, { "value", rules.not_negative, needed = true, series = true },
  { "margin", rules.change, needed = true, series = true, why = "the share of value that stays; margin = 1 if value is profit already" },
}, function(part, p)
  either(p, "lift", "to", "say what becomes of the rate, lift = 0.1 (10% more of it) or to = 0.055")
  local customers = book.dipped(p, book.counted(part, p, "leads") * more_buy(p))
  book.benefit(part, p, customers * (p.value * p.margin), "revenue")
  return book.held(part, p, customers)
end)

-- Months as periods; a broken rest counts as a share of a period.
local function periods_of(part, months) return part.per_year == 12 and months or months * (part.per_year / 12) end

define("retention", "{ customers = 1500, churn = 0.02, cut = 0.1, margin = 45, months = 12 }", {
  { "customers", rules.not_negative, needed = true, series = true }, { "churn", rules.share, needed = true, series = true },
  { "cut", rules.change, needed = true, series = true }, { "margin", rules.finite, needed = true, series = true },
  { "months", rules.above_0, needed = true, why = "how long a customer who was kept goes on paying" },
}, function(part, p)
  if p.every ~= nil then failf("%s: customers are there all the time, and churn and margin are a period's: leave out 'every'", p.what) end
  local kept = book.held(part, p, book.dipped(p, book.steady(p.customers * p.churn * p.cut)))
  local paying = shift.lasting(kept, periods_of(part, p.months))
  book.benefit(part, p, paying * p.margin, "revenue", true)
  return kept
end)

-- Those who came, less those who have left since: there_p = (1 - churn) there_(p-1) + came_p, from period 1 on.
local function staying(came, churn)
  local keep, there, list = 1 - churn, native.start(came) == 0 and came[0] or 0, {}
  for period = 1, native.horizon("acquisition") do
    there = keep * there + came[period]
    list[period] = there
  end
  return native.series(list)
end

local function view_of(p, values)
  return native.proxy { __metatable = false, __name = p.what,
    __index = function(_, name)
      if values[name] ~= nil then return values[name] end
      failf("%s has no '%s'%s", p.what, helpers.word(name), helpers.hint(name, helpers.names_of(values)))
    end,
    __newindex = function(_, name) failf("%s can't be changed: '%s'", p.what, helpers.word(name)) end }
end

define("acquisition", "{ count = 20, every = \"month\", margin = 45, churn = 0.03, cac = 300 }", {
  { "count", rules.not_negative, needed = true, series = true }, { "margin", rules.finite, needed = true },
  { "churn", { holds = function(v) return v > 0 and v <= 1 end, says = "above 0 and at most 1", hint = fields.in_percent }, needed = true },
  { "cac", rules.not_negative, needed = true, why = "what it costs to win a customer; cac = 0 if it costs nothing" },
}, function(part, p)
  local came = book.held(part, p, book.dipped(p, book.counted(part, p, "count")))
  local there = staying(came, p.churn)
  book.benefit(part, p, there * p.margin, "revenue", true)
  if p.cac ~= 0 then
    book.cost(part, { what = p.what, name = p.name, basis = p.basis }, came * p.cac, "acquisition", " (acquisition)", true)
  end
  local ltv = p.margin / p.churn
  return view_of(p, { came = came, customers = there, ltv = ltv, ltv_cac = p.cac ~= 0 and ltv / p.cac or nil })
end)

return methods
end
