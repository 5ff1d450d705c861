-- What a cost is for. A piece of lua/roisim.lua: a function that checks a category as a script gives it and returns it.
return function(native, helpers)

local categories = {
  "governance", "data preparation", "data access", "connectors", "security", "training", "change management", "finops", "licences",
  "usage", "review", "set-up", "running", "pilot",
}

return function(what, category)
  for _, known in ipairs(categories) do
    if known == category then return category end
  end
  return helpers.failf("%s: category = %s must be one of %s%s", what, native.describe(category), table.concat(categories, ", "),
    native.suggest(helpers.word(category), categories))
end
end
