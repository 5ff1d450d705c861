-- Curves over what has been done rather than over time: the learning curve of costs, quality that learns with use, and what bad data do
-- to an effect. A piece of lua/roisim.lua, loaded at the first use of roi.curve.wright, learning or data_quality.
--
-- REFERENCE  Wright, Factors affecting the cost of airplanes, Journal of the Aeronautical Sciences 3 (1936) 122-128: the unit cost
--            falls by the same share at each doubling of the cumulative number. Heathcote, Brown, Mewhort, The power law repealed,
--            Psychonomic Bulletin & Review 7 (2000) 185-207: what one learner gains from practice is exponential in its amount.
return function(native, helpers)

local select = select
local failf = helpers.failf
local fields = helpers.piece("fields")
local rules = fields.rules
local shape, describe = native.shape, native.describe

local curve = {}

-- A curve's argument and its table: "roi.curve.NAME(ARGUMENT, { ... })".
local function read(name, argument, example, form, ...)
  local what, x, spec = "roi.curve." .. name, ...
  local usage = what .. "(" .. argument .. ", " .. example .. ")"
  if select("#", ...) ~= 2 then failf("%s takes %s and one table: write %s", what, argument, usage) end
  if not shape(x) then failf("%s: %s must be a number, an uncertain number or a series, not %s", what, argument, describe(x)) end
  return what, x, fields.read(what, form, spec, usage)
end

local wright_form = {
  { "first", rules.not_negative, needed = true, series = true },
  { "rate", rules.discount, needed = true }, { "at", rules.above_0, 1 },
}

-- first (cumulative / at)^(log2(1 - rate)); first up to `at`
function curve.wright(...)
  local _, done, p = read("wright", "cumulative", "{ first = 40, rate = 0.2 }", wright_form, ...)
  local doublings = native.log(native.max(done, p.at) / p.at) / native.log(2)
  return p.first * native.pow(1 - p.rate, doublings)
end

local learning_form = {
  { "start", rules.finite, needed = true }, { "top", rules.finite, needed = true }, { "half", rules.above_0, needed = true },
}

-- top - (top - start) 2^(-done / half): half of what is left to learn is learnt in each `half` of use.
function curve.learning(...)
  local _, done, p = read("learning", "cumulative", "{ start = 0.6, top = 0.9, half = 5000 }", learning_form, ...)
  return p.top - (p.top - p.start) * native.pow(2, -native.max(done, 0) / p.half)
end

local quality_form = {
  { "repair", rules.not_negative, needed = true, series = true,
    why = "what an item spoiled by bad data costs, in gains of a good one (2: it takes back what two good ones bring)" },
  { "governance", rules.share, needed = true, series = true,
    why = "the share of spoiled items that is caught before it does harm; governance = 0 where nobody looks" },
}

-- The gain expected of an item next to that of one on good data: a share q of items is good and gains 1, the rest gains nothing and,
-- unless it is caught, costs `repair`:  q - (1 - q) (1 - governance) repair.
function curve.data_quality(...)
  local what, q, p = read("data_quality", "quality", "{ repair = 2, governance = 0.5 }", quality_form, ...)
  fields.number(what, { "quality", rules.share, series = true }, q)
  return q - (1.0 - q) * ((1 - p.governance) * p.repair)
end

return curve
end
