-- Compares lua/annotations/roisim.lua with what there is: every function, method and field of the library, and the fields of the tables
-- that calls take. Run by tests/unit/annotations_test.c with all of Lua's own libraries and the native functions as its argument;
-- returns a list of what is missing on either side, one a line.
local native = ...
local problems = {}

local function complain(...) problems[#problems + 1] = string.format(...) end

local function sorted(set)
  local list = {}
  for name in pairs(set) do list[#list + 1] = name end
  table.sort(list)
  return list
end

local function add_all(set, more)
  for key, value in pairs(more or {}) do set[type(key) == "number" and value or key] = true end
end

-- what: "roi.curve"; there: names in the library; written: names in the annotations.
local function compare(what, there, written)
  for _, name in ipairs(sorted(there)) do
    if not written[name] then complain("%s has '%s', which the annotations lack", what, name) end
  end
  for _, name in ipairs(sorted(written)) do
    if not there[name] then complain("%s has no '%s', which is annotated", what, name) end
  end
end

-- -- the annotations: classes with their fields and methods, functions with the classes that they take

local classes, functions = {}, {} -- "UseCase" -> { fields =, methods =, parent =, operators = }; "roi.curve.ramp" -> { "Ramp" }
local aliases = { Number = true, Amount = true, Value = true, Every = true, Series = true }

local function read_annotations(path)
  local class, taken, local_of = nil, {}, {} -- local_of: local name -> class
  for line in io.lines(path) do
    local name, parent = line:match("^%-%-%-@class roisim%.(%w+)%s*:?%s*r?o?i?s?i?m?%.?(%w*)$")
    if name then
      class = { fields = {}, methods = {}, operators = {}, parent = parent ~= "" and parent or nil }
      if classes[name] then complain("class %s is annotated twice", name) end
      classes[name] = class
      class.name = name
    elseif line:match("^%-%-%-@field ") then
      local field = line:match("^%-%-%-@field (%w[%w_]*)%??")
      if field and class.fields[field] then complain("field %s of %s is annotated twice", field, class.name) end
      if field then class.fields[field] = true end
    elseif line:match("^%-%-%-@operator") then
      class.operators[line:match("^%-%-%-@operator (%w+)")] = true
    elseif line:match("^%-%-%-@param") or line:match("^%-%-%-@overload") then
      for used in line:gmatch("roisim%.(%w+)") do
        if not aliases[used] then taken[used] = true end
      end
    elseif line:match("^local (%w+) = {}$") then
      local_of[line:match("^local (%w+)")] = class
    elseif line:match("^function ") then
      local owner, separator, method = line:match("^function ([%w_.]+)([.:])([%w_]+)%(")
      if local_of[owner] and separator == ":" then local_of[owner].methods[method] = true end
      functions[owner .. separator .. method] = sorted(taken)
      taken = {}
    elseif not line:match("^%-%-") then
      taken = {}
    end
  end
end

-- Names of a class with those of its parents.
local function names_of_class(name, only_fields)
  local set = {}
  while name do
    local class = classes[name]
    if not class then complain("no class %s is annotated", name) return set end
    add_all(set, class.fields)
    if not only_fields then add_all(set, class.methods) end
    name = class.parent
  end
  return set
end

-- The functions annotated below a table of the library, such as "roi.curve"; fields assigned there, such as roi.never, too.
local function names_below(path, text)
  local set = {}
  for name in pairs(functions) do
    local below = name:match("^" .. path:gsub("%.", "%%.") .. "%.([%w_]+)$")
    if below then set[below] = true end
  end
  for name in text:gmatch("\n" .. path:gsub("%.", "%%.") .. "%.([%w_]+) = ") do set[name] = true end
  return set
end

-- -- the library: what a proxy shows, found in its metatable and in what its __index knows

local function upvalue(f, wanted)
  for i = 1, 255 do
    local name, value = debug.getupvalue(f, i)
    if name == nil then return nil end
    if name == wanted then return value end
  end
end

local function add_known(set, index)
  local parts = upvalue(index, "parts") or {}
  add_all(set, upvalue(index, "is_standard") or parts.is_standard)
  add_all(set, parts.method_names)
  add_all(set, upvalue(index, "pieces"))
  add_all(set, upvalue(index, "made"))
  add_all(set, upvalue(index, "fields") or upvalue(index, "values"))
end

local names_of_proxy
function names_of_proxy(proxy)
  local set, index = {}, debug.getmetatable(proxy).__index
  if type(index) == "function" then
    local all = upvalue(index, "all") -- of a table that is made when first asked
    if all then return names_of_proxy(all()) end
    add_known(set, index)
    return set
  end
  add_all(set, index)
  local meta = debug.getmetatable(index)
  if meta and type(meta.__index) == "function" then add_known(set, meta.__index) end
  return set
end

-- -- the fields of the tables that calls take: recorded where they are checked

local recorded -- option -> true, of the call being made

local function spy_on(helpers)
  if helpers.spied then return end
  helpers.spied = true
  local check_options = helpers.check_options
  helpers.check_options = function(what, options, known)
    if recorded then add_all(recorded, known) end
    return check_options(what, options, known)
  end
end

-- Tables within tables are read by forms, which are noted as they are made.
local nested = {} -- "at build count run" -> true

local function note_forms(fields)
  for _, maker in ipairs { "table_of", "list_of" } do
    local make = fields[maker]
    fields[maker] = function(form, ...)
      local names = {}
      for _, row in ipairs(form) do names[row[1]] = true end
      nested[table.concat(sorted(names), " ")] = true
      return make(form, ...)
    end
  end
  return fields
end

for name, load in pairs(package.preload) do
  package.preload[name] = name:match("^roisim%.") and function(...)
    local piece = load(...)
    if type(piece) ~= "function" then return piece end
    return function(n, helpers)
      if helpers then spy_on(helpers) end
      local made = piece(n, helpers)
      return name == "roisim.fields" and note_forms(made) or made
    end
  end or load
end

-- Calls f with tables that say next to nothing, in all the ways in which one may be passed, and gives the options it knows.
local ways = { { "probe", {} }, { {} }, { "probe value", 1, {} }, { 1, {} }, { "probe often", { per_year = 1 } } }
local function options_of(f, self)
  recorded = {}
  for _, arguments in ipairs(ways) do
    if self then pcall(f, self, table.unpack(arguments)) else pcall(f, table.unpack(arguments)) end
  end
  local found = recorded
  recorded = nil
  return found
end

-- f: the function; name: as annotated.
local function compare_options(name, f, self)
  local takes = functions[name]
  if not takes or type(f) ~= "function" then return end -- said before
  local written = {}
  for _, class in ipairs(takes) do add_all(written, names_of_class(class, true)) end
  compare("the table of " .. name, options_of(f, self), written)
end

-- -- all of it

local path = "lua/annotations/roisim.lua"
local file = assert(io.open(path))
local text = file:read("a")
file:close()
assert(load(text, "@" .. path, "t", {}))()
read_annotations(path)

native.testing = true
local roi = package.preload.roisim(native)
package.loaded.roisim = roi

recorded = {}
local model = roi.model { horizon = 24, period = "month" }
compare("the table of roi.model", recorded, names_of_class("ModelFields", true))
recorded = nil
local case = model:use_case("case", { work = "admin" })
local actor = model:actor("actor")
case:benefit("saved", 1, { every = "month" })
actor:cost("spent", 1, { every = "month" })

-- What calls give back; before the probing below, which reads outputs and so closes the model.
local pilot = case:pilot { weeks = 4, share = 0.5, reads = { cut = { of = roi.uniform(0, 1), sd = 1, n = 10 } } }
local given = {
  { "PilotResult", pilot }, { "GateResult", case:gate { after = pilot, continue_if = roi.gt(pilot.cut, 0) } },
  { "StageShares", model:stages("work", { assisted = 0.5 }) },
  { "Acquired", model:acquisition("new", { count = 2, every = "month", margin = 45, churn = 0.03, cac = 300 }) },
  { "Event", model:risk("leak", { probability = 0.1, loss = 1, at = 3 }) },
  { "Event", model:risk("outage", { per_year = 2, loss = 1 }) },
  { "Event", model:price_shock("prices", { probability = 0.2, factor = 1.5, at = 12 }) },
  { "Event", model:project_delay("late", { probability = 0.4, periods = roi.uniform(1, 6) }) },
  { "Event", model:use_case("short"):abandonment("end", { per_year = 0.1 }) },
  { "Event", model:project_delay("late", { periods = 3 }) },
}
local names_given = {} -- class -> what any of its objects has
for _, g in ipairs(given) do
  names_given[g[1]] = names_given[g[1]] or {}
  for name in pairs(names_of_proxy(g[2])) do names_given[g[1]][name] = true end
end
names_given.PilotResult.cut = nil -- a reading has the name that the script gave it
for class, there in pairs(names_given) do compare("roisim." .. class, there, names_of_class(class)) end
local pool = model:pool("pool", { hours = 1 })
for name in pairs(names_of_class("Pool")) do
  if not pcall(function() return pool[name] end) then complain("roisim.Pool has no '%s', which is annotated", name) end
end

-- Tables of functions.
for _, at in ipairs { "roi", "roi.curve", "roi.process" } do
  local proxy = at == "roi" and roi or roi[at:match("%.(%w+)$")]
  local there, written = names_of_proxy(proxy), names_below(at, text)
  compare(at, there, written)
  for _, name in ipairs(sorted(there)) do
    if written[name] and name ~= "model" and name ~= "never" then compare_options(at .. "." .. name, proxy[name]) end
  end
end

-- Objects.
for _, object in ipairs { { "Model", model }, { "UseCase", case }, { "Actor", actor } } do
  local class, proxy = object[1], object[2]
  local there, written = names_of_proxy(proxy), names_of_class(class)
  if class ~= "Model" then -- what was not said of this one
    for _, field in ipairs { "department", "owner", "work" } do there[field] = true end
  end
  compare("roisim." .. class, there, written)
  local owner = class
  while owner do
    local methods = sorted(classes[owner].methods)
    table.sort(methods, function(a, b) -- those that read outputs come last, for that closes the model
      local first, second = #functions[owner .. ":" .. a] > 0, #functions[owner .. ":" .. b] > 0
      if first ~= second then return first end
      return a < b
    end)
    for _, name in ipairs(methods) do
      if class == "Model" or owner == "UseCase" and class == "UseCase" then
        compare_options(owner .. ":" .. name, proxy[name], proxy)
      end
    end
    owner = classes[owner].parent
  end
end

-- Tables within the tables of calls: each has a class of just its fields.
local annotated = {}
for name in pairs(classes) do annotated[table.concat(sorted(names_of_class(name, true)), " ")] = true end
for form in pairs(nested) do
  if not annotated[form] then complain("no class has the fields of a table within a table: %s", form) end
end
if not next(nested) then complain("no table within a table was seen: is roisim.fields another piece now?") end

-- Uncertain values: methods and operators.
local value = roi.normal(0, 1)
local meta = debug.getmetatable(value)
local methods = {}
add_all(methods, select(2, debug.getupvalue(meta.__index, 2)))
compare("roisim.Value", methods, names_of_class("Value"))
local operators = {}
for name in pairs(meta) do
  local _, two = pcall(meta[name], value, 2)
  if two and debug.getmetatable(two) == meta and name ~= "__index" then operators[name:sub(3)] = true end
end
compare("operators of roisim.Value", operators, classes.Value.operators)

-- Streams of per-trial functions exist while one runs: their methods stand in the source.
local source = assert(io.open("core/host/trial.c")):read("a")
local rng = {}
for name in source:match("luaL_Reg methods%[%] = {(.-)};"):gmatch('{"(%w+)"') do rng[name] = true end
compare("roisim.Rng", rng, names_of_class("Rng"))

return table.concat(problems, "\n")
