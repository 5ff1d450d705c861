-- Prices that depend on the amount: what a quantity costs by tiers { from = , price = }, each price holding above its `from`. A piece
-- of lua/roisim.lua, used by the pieces that have costs.
--
-- Two readings of a price list are both common, and differ by a lot: by "marginal" tiers only what lies above `from` has the new
-- price (as income tax has it), by "all_units" everything has, so that the bill falls where a tier begins. A script must say which.
return function(native, helpers)

local ipairs = ipairs
local failf = helpers.failf
local fields = helpers.piece("fields")
local rules = fields.rules

local tier_form = { { "from", rules.not_negative, needed = true, plain = true },
  { "price", rules.not_negative, needed = true, series = true } }

local tiers = {}

-- The rows of a form that has a price or tiers.
tiers.fields = {
  { "price", rules.not_negative, series = true }, { "tiers", fields.list_of(tier_form, "{ from = 0, price = 30 }") },
  { "pricing", fields.one_of { "marginal", "all_units" } },
}

-- Checks what fields.read could not: that there is one price or a rising list with its reading.
function tiers.check(p)
  fields.either(p, "price", "tiers", "say what one costs, price = 30, or by amount, tiers = { { from = 0, price = 30 }, { from = 10, "
    .. "price = 25 } }")
  if not p.tiers then
    if p.pricing ~= nil then failf("%s: pricing says how tiers are meant, and there are none", p.what) end
    return
  end
  for i, tier in ipairs(p.tiers) do
    if i == 1 and tier.from ~= 0 then failf("%s: tiers 1: from %g must be 0, where the first price begins to hold", p.what, tier.from) end
    if i > 1 and not (tier.from > p.tiers[i - 1].from) then
      failf("%s: tiers must rise, but tier %d from %g follows %g", p.what, i, tier.from, p.tiers[i - 1].from)
    end
  end
  if p.pricing == nil then
    failf("%s: tiers can be meant in two ways: pricing = \"marginal\" (each price for what lies above its from) or \"all_units\" (the " ..
      "price that is reached for everything)", p.what)
  end
end

-- What this many cost at a price or by tiers. price(v): what to take for each price, such as a series of when it falls due.
function tiers.cost(p, quantity, price)
  price = price or function(v) return v end
  if not p.tiers then return quantity * price(p.price) end
  local all, sum, reached = p.pricing == "all_units", nil, nil
  for i, tier in ipairs(p.tiers) do
    if all then
      reached = i == 1 and price(tier.price) or
        native.where(native.compare("gt", quantity, tier.from), price(tier.price), reached)
    else
      local above, after = i == 1 and quantity or native.max(quantity - tier.from, 0), p.tiers[i + 1]
      if after then above = native.min(above, after.from - tier.from) end
      sum = i == 1 and above * price(tier.price) or sum + above * price(tier.price)
    end
  end
  return all and quantity * reached or sum
end

return tiers
end
