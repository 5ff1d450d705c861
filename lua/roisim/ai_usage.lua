-- part:ai_usage: what a model used by the token costs, with all that moves its price. A piece of lua/roisim.lua, loaded at the first
-- call; it gives back the method.
--
--   requests (1 + retries) x [tokens_in price_in (1 - hits x cache.discount) + tokens_out price_out] / per, summed over the routes
--     x (1 - batch.share x batch.discount) x (1 - decline)^(t / periods a year) x price_factor x (1 - agreement.discount)
--
-- and at least the agreement's minimum. Prices are those of today, before the model's inflation if there is one.
return function(native, helpers)

local type, ipairs, format = type, ipairs, string.format
local failf, describe, shape = helpers.failf, native.describe, native.shape
local fields, book, shift = helpers.piece("fields"), helpers.piece("book"), helpers.piece("shift")
local a_year = helpers.parts.a_year
local rules, table_of, list_of = fields.rules, fields.table_of, fields.list_of

local price_in = { "price_in", rules.not_negative, needed = true, series = true }
local price_out = { "price_out", rules.not_negative, needed = true, series = true }
local share = { "share", rules.share, needed = true, series = true }
local discount = { "discount", rules.share, needed = true, series = true }

local form = {
  { "requests", rules.not_negative, needed = true, series = true },
  { "tokens_in", rules.not_negative, needed = true, series = true }, { "tokens_out", rules.not_negative, needed = true, series = true },
  price_in, price_out,
  { "per", rules.above_0, needed = true, plain = true,
    why = "how many tokens price_in and price_out are for; per = 1e6 as most lists have it" },
  { "retries", rules.not_negative, 0, series = true },
  { "cache", table_of({ { "hits", rules.share, needed = true, series = true }, discount }, "{ hits = 0.4, discount = 0.9 }") },
  { "batch", table_of({ share, discount }, "{ share = 0.5, discount = 0.5 }") },
  { "routing", list_of({ share, price_in, price_out }, "{ share = 0.7, price_in = 0.15, price_out = 0.6 }") },
  { "staircase", list_of({ { "at", rules.moment }, { "when", fields.anything }, price_in, price_out },
    "{ at = 13, price_in = 5, price_out = 15 }", true) },
  { "decline", rules.rate, 0 }, { "price_factor", rules.not_negative, 1, series = true },
  { "agreement", table_of({ { "minimum", rules.not_negative, 0 }, { "every", fields.one_of { "week", "month", "quarter", "year" } },
    { "discount", rules.share, 0, series = true } }, "{ minimum = 2000, every = \"month\", discount = 0.1 }") },
  { "review", table_of({ share, { "minutes", rules.not_negative, needed = true, series = true },
    { "wage", rules.not_negative, needed = true, series = true } }, "{ share = 0.1, minutes = 3, wage = 28 }") },
}

-- The period from which a stair holds: `at`, or the first in which the condition `when` does.
local function begins(p, i, stair)
  local what = format("%s: staircase%s", p.what, #p.staircase > 1 and format(" %d", i) or "")
  if (stair.at == nil) == (stair.when == nil) then
    failf("%s: say when it begins, at = 13 or when = roi.ge(quality, 0.9)%s", what, stair.at ~= nil and ", not both" or "")
  end
  if stair.at ~= nil then return native.ceil(stair.at) end
  local when = stair.when
  if type(when) == "boolean" then when = when and 1 or 0 end
  if not shape(when) or when ~= when then
    failf("%s: when must be a condition, such as roi.ge(quality, 0.9), not %s", what, describe(when))
  end
  return native.first(book.steady(when))
end

-- The main model's prices at time t: those of the last stair that has begun.
local function main_prices(p, t)
  local price_in, price_out = p.price_in, p.price_out
  for i, stair in ipairs(p.staircase or {}) do
    local begun = shift.from(t, begins(p, i, stair))
    price_in, price_out = native.where(begun, stair.price_in, price_in), native.where(begun, stair.price_out, price_out)
  end
  return price_in, price_out
end

-- The shares that go to other models, and what is left for the main one. Uncertain shares of more than 1 in all are cut alike.
local function routes(p)
  local sum, plain = 0, true
  for _, route in ipairs(p.routing or {}) do
    sum, plain = sum + route.share, plain and type(route.share) == "number"
  end
  if plain and sum > 1 + 1e-9 then
    failf("%s: routing: the shares add up to %g, more than 1: what they leave goes to the main model", p.what, sum)
  end
  return native.max(sum, 1), 1 - native.min(sum, 1)
end

-- What one request costs at time t.
local function request(p, t)
  local cached = p.cache and 1 - p.cache.hits * p.cache.discount or 1
  local tokens_in, tokens_out = p.tokens_in * cached, p.tokens_out
  local over, rest = routes(p)
  local main_in, main_out = main_prices(p, t)
  local cost = rest * (tokens_in * main_in + tokens_out * main_out)
  for _, route in ipairs(p.routing or {}) do
    cost = cost + route.share / over * (tokens_in * route.price_in + tokens_out * route.price_out)
  end
  return cost / p.per
end

-- What is paid where an agreement takes a discount off and asks for a minimum, due at the end of the time it is for.
local function agreed(part, p, cost)
  local a = p.agreement
  if not a then return cost end
  if a.minimum == 0 and a.discount == 0 then
    failf("%s: agreement says nothing: it takes minimum = 2000 with every = \"month\", discount = 0.1, or both", p.what)
  end
  cost = cost * (1 - a.discount)
  if a.minimum == 0 then return cost end
  if a.every == nil then failf("%s: agreement: minimum is one number: say for how long, every = \"month\"", p.what) end
  local n = part.per_year / a_year[a.every] -- periods that the minimum is for
  if n <= 1 then return native.max(cost, a.minimum / n) end
  if n % 1 ~= 0 then
    failf("%s: agreement: every = \"%s\" is no whole number of %ss: take \"year\"", p.what, a.every, part.model.period)
  end
  local paid = native.cumsum(cost)
  local short = native.max(a.minimum - (paid - native.lag(paid, n)), 0)
  return cost + short * part:periods(p.what .. ": agreement", 1, a.every)
end

local methods = {}

book.define(methods, "ai_usage",
  "{ requests = 3000, every = \"month\", tokens_in = 2500, tokens_out = 500, price_in = 3, price_out = 12, per = 1e6 }",
  form, book.cost_fields, function(part, p)
    local requests = book.counted(part, p, "requests")
    local t = native.time(native.start(requests))
    local cost = requests * ((1 + p.retries) * request(p, t))
    if p.batch then cost = cost * (1 - p.batch.share * p.batch.discount) end
    if p.decline ~= 0 then cost = cost * native.pow(1 - p.decline, t / part.per_year) end
    cost = agreed(part, p, cost * p.price_factor)
    book.cost(part, p, cost, "tokens")
    if p.review then
      local r = p.review
      local kept = { what = p.what, name = p.name, delay = p.delay, basis = p.basis, paid = p.paid, spread = p.spread }
      book.cost(part, kept, requests * (r.share * r.minutes / 60 * r.wage), "review", " (review)")
    end
    return book.held(part, p, cost)
  end)

return methods
end
