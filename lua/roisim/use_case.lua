-- Use cases and actors: parts of a model with inputs, flows and standard outputs of their own. A use case counts in the whole; an
-- actor is a rival, whose outputs stand beside the others' and are never added up. A piece of lua/roisim.lua, loaded at the first
-- call of model:use_case or model:actor.
return function(native, helpers)

local type, ipairs, setmetatable, rawequal = type, ipairs, setmetatable, rawequal
local format = string.format
local failf, word, check_options, names_of = helpers.failf, helpers.word, helpers.check_options, helpers.names_of
local parts, describe = helpers.parts, native.describe

-- Hero work is what the firm is proud of, admin work must be done, undone work is left for lack of time (calls at lunch, reminders).
local works = { hero = true, admin = true, undone = true }

-- Methods of use cases and actors alone, in pieces of their own.
local pieces = { pilot = "pilot", gate = "pilot", kpi = "kpi" }

local texts = { "department", "owner", "work" }

-- What is said of a use case, checked.
local function read_texts(what, given)
  local spec = check_options(what, given, { "department", "owner", "work", "sources" })
  for _, field in ipairs(texts) do
    if spec[field] ~= nil and (type(spec[field]) ~= "string" or spec[field] == "") then
      failf("%s: %s must be a text, not %s", what, field, describe(spec[field]))
    end
    if spec[field] ~= nil then helpers.check_length(field, spec[field]) end
  end
  if spec.work ~= nil and not works[spec.work] then
    failf("%s: work = %s must be \"hero\", \"admin\" or \"undone\"%s", what, describe(spec.work),
      native.suggest(spec.work, names_of(works)))
  end
  if spec.sources ~= nil then
    if type(spec.sources) ~= "table" then
      failf("%s: sources must be a list of texts, such as { \"CRM\", \"mail\" }, not %s", what, describe(spec.sources))
    end
    spec.sources = helpers.whole_list(what .. ": sources", spec.sources)
    for i, source in ipairs(spec.sources) do
      if type(source) ~= "string" then failf("%s: source %d must be a text, not %s", what, i, describe(source)) end
    end
  end
  return spec
end

local function check_name(root, kind, name)
  local usage = format("model:%s(name)", kind == "actor" and "actor" or "use_case")
  if type(name) ~= "string" or name == "" then failf("%s: the name must be a text, not %s", usage, describe(name)) end
  helpers.check_length(kind, name)
  if name:find("[%.%[%]]") then
    failf("%s: name '%s' may have no point or bracket: its outputs are called NAME.npv, NAME.roi, ...", usage, name)
  end
  for _, list in ipairs { root.cases, root.actors } do
    for _, other in ipairs(list) do
      if other.name == name then
        failf("%s '%s': a %s of that name %s; names must differ", kind, name, other.kind, helpers.stands(other.line))
      end
    end
  end
end

-- What scripts see of a part.
local function proxy_of(part, fields)
  local proxy
  local function with_colon(name, f)
    return native.held(function(first, ...)
      if not rawequal(first, proxy) then failf("write %s:%s(...) with a colon", part.called, name) end
      parts.check_arguments(part.called, name, ...)
      return f(...)
    end)
  end
  fields.name, fields.inputs = part.name, helpers.inputs.new(part.prefix, part.called .. ".inputs")
  setmetatable(fields, { __index = function(_, name)
    if parts.is_standard[name] then return part:read(name) end
    local f = parts.method_of(part, name)
    local piece = pieces[name]
    if piece then f = function(...) return helpers.piece(piece)[name](part, ...) end end
    if f then
      fields[name] = with_colon(name, f)
      return fields[name]
    end
    local known = names_of(fields, parts.is_standard, pieces)
    for _, other in ipairs(parts.method_names) do known[#known + 1] = other end
    local near = native.suggest(word(name), known)
    failf("%s has no '%s'%s", part.title, word(name), near ~= "" and near or "; docs/MODELLING.md and docs/USE_CASES.md list what it has")
  end })
  proxy = native.proxy { __index = fields, __metatable = false, __name = part.title,
    __newindex = function(_, name)
      failf("%s.%s can't be set: inputs go to %s.inputs, outputs to model.outputs", part.called, word(name), part.called)
    end }
  return proxy
end

local piece = {}

-- model:use_case(name, { department =, owner =, work =, sources = })
function piece.use_case(root, name, spec)
  check_name(root, "use case", name)
  local what = format("use case '%s'", name)
  if spec ~= nil and type(spec) ~= "table" then
    failf("%s takes a table { department = , owner = , ... }, not %s", what, describe(spec))
  end
  spec = read_texts(what, spec or {})
  root:check_open(what)
  local part = parts.new("use case", name, root.model, root)
  root.cases[#root.cases + 1] = part
  if native.for_portfolio then helpers.piece("portfolio").switch(part) end
  for _, field in ipairs(texts) do part[field] = spec[field] end
  part.sources = spec.sources
  return proxy_of(part, { department = spec.department, owner = spec.owner, work = spec.work })
end

-- model:actor(name)
function piece.actor(root, name, spec)
  check_name(root, "actor", name)
  if spec ~= nil then failf("actor '%s' takes its name alone, not %s", name, describe(spec)) end
  local part = parts.new("actor", name, root.model, root)
  root.actors[#root.actors + 1] = part
  return proxy_of(part, {})
end

return piece
end
