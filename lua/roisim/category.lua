-- Categories of costs: what a business spends on when it takes up AI, for the table of costs. A piece of lua/roisim.lua, loaded where
-- a cost names its category; it gives back the check.
return function(native, helpers)

local ipairs, type, format, concat = ipairs, type, string.format, table.concat
local failf, describe = helpers.failf, native.describe

local categories = {
  "set-up", "pilot", "data preparation", "data access", "connectors", "security", "governance", "training", "change management",
  "licences", "tokens", "review", "FinOps tools", "acquisition", "running", "other",
}

-- The category, or an error with the nearest one.
return function(what, value)
  for _, known in ipairs(categories) do
    if value == known then return value end
  end
  return failf("%s: category = %s must be one of %s%s", what, type(value) == "string" and format('"%s"', value) or describe(value),
    concat(categories, ", "), type(value) == "string" and native.suggest(value, categories) or "")
end
end
