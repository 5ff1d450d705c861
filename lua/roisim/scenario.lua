-- model:scenario: the model with other values for some of its inputs and parameters. A piece of lua/roisim.lua, which calls the function
-- returned here with the native functions and its helpers; it gives back the method.
--
-- A script only describes its scenarios. Which one is in force is for the command to say (--scenario, roisim compare): the script then
-- runs a second time, and what it sets is overridden as it is set (core/host/values_scenario.c).
return function(native, helpers)

local type, ipairs, pairs, huge = type, ipairs, pairs, math.huge
local format = string.format
local failf, hint, names_of, word = helpers.failf, helpers.hint, helpers.names_of, helpers.word
local shape, describe, place = native.shape, native.describe, native.place
local inputs = helpers.inputs

local scenarios = {} -- { name =, file =, line =, names =, plain = name -> whether it is a plain number }
local by_name = {}

local as_written = "as written" -- what the model without a scenario is called in comparisons

local function check_name(name)
  local example = "model:scenario(\"conservative\", { price = 12 })"
  if type(name) ~= "string" or not name:find("%S") then
    failf("model:scenario(name, overrides): the name must be a text, not %s; write %s", describe(name), example)
  end
  helpers.check_length("scenario", name)
  if name == as_written then
    failf("scenario '%s': the model without a scenario is called that: give this one another name", name)
  elseif by_name[name] then
    failf("scenario '%s' is there already%s: give this one another name", name,
      helpers.at_line(", on line %d", by_name[name].line))
  end
end

-- Notes one override of a scenario, which may be of something that the script sets later.
local function add(scenario, name, value)
  local what = format("scenario '%s': '%s'", scenario.name, name)
  local undrawn = native.is_draw(value)
  local s = undrawn and "scalar" or shape(value)
  if not s then
    failf("%s takes a number, a distribution or an uncertain value, not %s%s", what, describe(value),
      type(value) == "string" and "; an expression is written without quotes" or "")
  elseif s == "number" and value ~= value then
    failf("%s is not a number (nan): a plain calculation gave it, such as 0/0", what)
  elseif s == "number" and (value == -huge or value == huge and not native.never_given()) then
    failf("%s is infinite: a plain calculation gave it, such as 1/0", what)
  end
  scenario.names[#scenario.names + 1] = name
  scenario.plain[name] = type(value) == "number"
  inputs.overrides(value)
  native.override_is(scenario.name, name, value)
end

local function scenario(root, name, overrides)
  check_name(name)
  if type(overrides) ~= "table" then
    failf("scenario '%s': what it overrides is a table, such as { price = 12 }, not %s", name, describe(overrides))
  end
  local file, line = place()
  local new = { name = name, file = file or "", line = line or 0, names = {}, plain = {} }
  for key in pairs(overrides) do
    if type(key) ~= "string" then
      failf("scenario '%s': overrides are written name = value, or [\"a name\"] = value; %s stands there without a name", name,
        describe(overrides[key]))
    end
  end
  for _, key in ipairs(names_of(overrides)) do add(new, key, overrides[key]) end
  if #new.names == 0 then
    failf("scenario '%s' overrides nothing: name an input or a parameter with another value, such as { price = 12 }", name)
  end
  by_name[name], scenarios[#scenarios + 1] = new, new
  native.add_scenario(name)
  if #scenarios == 1 then root.finishers[#root.finishers + 1] = helpers.check_scenarios end
end

-- What to say of a name that is not there: an input of a use case is meant by its last part alone, if there is one of it.
local function advice(name)
  local found
  for _, known in ipairs(inputs.names()) do
    if known:sub(-#name - 1) == "." .. name then
      if found then return hint(name, inputs.names()) end
      found = known
    end
  end
  return found and format("; did you mean [\"%s\"]?", found) or hint(name, inputs.names())
end

-- At the end of the script: every name that is overridden is an input's or a parameter's.
function helpers.check_scenarios()
  for _, s in ipairs(scenarios) do
    for _, name in ipairs(s.names) do
      if not inputs.is_taken(name) then
        failf("%sscenario '%s': the model has no input or parameter '%s'%s", helpers.place_text(s.file, s.line), s.name, name,
          advice(name))
      elseif inputs.is_param(name) and not s.plain[name] then
        failf("%sscenario '%s': parameter '%s' is a plain number, and so must be what overrides it",
          helpers.place_text(s.file, s.line), s.name, name)
      end
    end
  end
end

-- Whether the scenario that was asked for is one of the script's.
local function check_asked(asked)
  if by_name[asked] then return end
  local known = names_of(by_name)
  if #known == 0 then
    failf("--scenario '%s': the script describes no scenario; one is made by model:scenario(\"%s\", { price = 12 })", word(asked),
      word(asked))
  end
  failf("--scenario '%s': the script has no such scenario%s", word(asked), hint(asked, known))
end

return { scenario = scenario, check_asked = check_asked }
end
