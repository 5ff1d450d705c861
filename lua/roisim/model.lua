-- The model: parameters, inputs, outputs and what completes it when the script has run. Flows and standard outputs are in part.lua,
-- of which the model itself is one. A piece of lua/roisim.lua, which calls the function returned here with the native functions and
-- its helpers; it gives back roi.model and what is called at the end.
return function(native, helpers)

local type, ipairs, pairs, setmetatable, rawequal, huge, floor = type, ipairs, pairs, setmetatable, rawequal, math.huge, math.floor
local parts = helpers.parts
local a_year, periods, standard_names, is_standard = parts.a_year, parts.periods, parts.standard_names, parts.is_standard
local format = string.format
local names_of, failf, word, hint = helpers.names_of, helpers.failf, helpers.word, helpers.hint
local is_whole, check_options, at_line = helpers.is_whole, helpers.check_options, helpers.at_line
local fail, shape, describe, place = native.fail, native.shape, native.describe, native.place

local the_model -- the one model of the script, once made

-- ---------------------------------------------------------------------------------------------------------------------------
-- Annotations. They wait with their value until it becomes an input.

local annotations = {} -- value -> { unit =, doc =, source =, file =, line =, input = }
local annotated = {}   -- in order
local all_inputs = {}  -- { name =, value =, notes =, file =, line = } in order, for the guards

for _, field in ipairs { "unit", "doc", "source" } do
  native.methods[field] = function(value, text)
    if type(value) == "string" and text == nil then failf("write value:%s(...) with a colon", field) end
    if type(text) ~= "string" then failf("value:%s(text) takes a text, not %s", field, describe(text)) end
    local a = annotations[value]
    if not a then
      a = {}
      a.file, a.line = place()
      annotations[value], annotated[#annotated + 1] = a, a
    end
    a[field] = text
    if a.input then native.annotate(a.input, a.unit, a.doc, a.source) end
    return value
  end
end

-- ---------------------------------------------------------------------------------------------------------------------------
-- The model.

-- Names that --set and scenarios know: parameters, inputs, a risk's draws. name -> line
local settable, is_param = {}, {}

local function take_name(what, name)
  if type(name) ~= "string" or name == "" then failf("%s needs a name, not %s", what, describe(name)) end
  if name:find("\0", 1, true) then failf("%s: a name can't hold a zero byte, at which it would end", what) end
  if settable[name] then failf("%s '%s': the name is taken already%s", what, name, at_line(", on line %d", settable[name])) end
  local _, line = place()
  settable[name] = line or 0
end

-- What the scenario in force has for it, else what --set name=EXPR says, else the script's value.
local function setting_or(name, value)
  local is_set, replaced = native.override(name)
  if is_set and replaced == huge then native.given(huge) end -- scenario.lua has seen that never is meant
  if not is_set then is_set, replaced = native.setting(name) end
  if is_set then return replaced, true end
  return value, false
end

helpers.replaced = {} -- inputs that --set made no draw of: name -> true, and value -> name

-- A plain number of an input is one, or never where the script speaks of it.
local function check_plain_input(name, value, is_set)
  if value > -huge and value < huge or value == huge and native.never_given() or value ~= value and native.is_state(value) then return end
  failf("input '%s' is %s%s: a plain calculation gave it, such as %s", name, value ~= value and "not a number (nan)" or
    value > 0 and "infinite" or "minus infinite", is_set and " by what is set for it" or "", value ~= value and "0/0" or "1/0")
end

-- Lists a value as an input, naming it if it is a distribution; returns the value to go on with.
-- is_set: the value is what --set says.
local function add_input(name, value, is_set)
  local notes = annotations[value]
  if not is_set then value, is_set = setting_or(name, value) end
  if native.is_draw(value) then value = native.draw_named(value, name)
  elseif not shape(value) then
    if is_set then failf("input '%s' is a number, a distribution or an expression: --set gave %s", name, describe(value)) end
    failf("input '%s' takes a distribution, a number or an expression, not %s", name, describe(value))
  elseif type(value) == "number" then
    check_plain_input(name, value, is_set)
  end
  notes = notes or annotations[value] or {}
  notes.input = name
  if type(value) ~= "number" then annotations[value] = notes end
  native.add_input(name, value, notes.unit, notes.doc, notes.source)
  local file, line = place()
  all_inputs[#all_inputs + 1] = { name = name, value = value, notes = notes, file = file, line = line }
  if is_set and not native.is_draw(value) then
    helpers.replaced[name], helpers.is_replaced = true, true
    if value == value then helpers.replaced[value] = name end
  end
  return value
end

-- The inputs of a part as scripts see them. prefix: what names begin with, such as "triage."; title: "model.inputs".
local input_numbers, was_read = {}, {} -- inputs that are plain numbers, in order; names that were read

local function new_inputs(prefix, title)
  local values = {}
  return native.proxy { __metatable = false, __name = title,
    __index = function(_, name)
      local v = values[name]
      if v == nil then failf("%s has no '%s' yet%s", title, word(name), hint(name, names_of(values))) end
      was_read[prefix .. name] = true
      return v
    end,
    __newindex = function(_, name, value)
      if values[name] ~= nil then
        failf("input '%s' is set already%s: give this one another name", prefix .. name,
          at_line(", on line %d", settable[prefix .. name]))
      end
      if value == nil then failf("input '%s' is set to nil (a name not set?)", prefix .. word(name)) end
      local full = type(name) == "string" and name ~= "" and prefix .. name or name
      if type(name) == "string" then helpers.check_length("input", name) end
      take_name("input", full)
      values[name] = add_input(full, value)
      if type(values[name]) == "number" then
        local file, line = place()
        input_numbers[#input_numbers + 1] = { name = full, file = file, line = line }
      end
    end }
end

local function warn_unread()
  for _, n in ipairs(input_numbers) do
    if not was_read[n.name] then native.warn(n.file, n.line, format("input '%s' has no effect on any output", n.name), "unused-input") end
  end
end

helpers.inputs = { take_name = take_name, setting_or = setting_or, add = add_input,
  is_taken = function(name) return settable[name] ~= nil end, names = function() return names_of(settable) end,
  is_param = function(name) return is_param[name] end, new = new_inputs,
  overrides = function(value) -- a scenario's value: what is annotated of it is of no use, and not missed
    if annotations[value] then annotations[value].overrides = true end
  end }

local function new_outputs()
  local values, order = {}, {}
  local proxy = native.proxy { __metatable = false, __name = "model.outputs",
    __index = function(_, name)
      if values[name] == nil then
        failf("model.outputs has no '%s' yet%s", word(name), hint(name, names_of(values)))
      end
      return values[name]
    end,
    __newindex = function(_, name, value)
      if type(name) ~= "string" or name == "" or name:find("\0", 1, true) then
        failf("model.outputs: an output needs a name%s, not %s", type(name) == "string" and name ~= "" and " without zero bytes" or "",
          describe(name))
      end
      helpers.check_length("output", name)
      if values[name] ~= nil then failf("output '%s' is set already: give this one another name", name) end
      local s = shape(value)
      if s == "series" then
        failf("output '%s' is a series: take one number of it, such as roi.sum(s), roi.last(s) or s[12]", name)
      elseif not s then
        failf("output '%s' must be a number or an uncertain number, not %s%s", name, describe(value),
          type(value) == "boolean" and ": for a condition write roi.eq(a, b), roi.lt(a, b) and so on" or "")
      elseif s == "number" and value ~= value and not native.is_state(value) then
        failf("output '%s' is not a number (nan): a plain calculation gave it, such as 0/0", name)
      elseif value == -huge then
        failf("output '%s' is minus infinite: a plain calculation gave it, such as -1/0", name)
      elseif value == huge and not native.never_given() then
        failf("output '%s' is infinite: a plain calculation gave it, such as 1/0", name)
      end
      local file, line = place()
      values[name] = value
      order[#order + 1] = { name = name, value = value, file = file, line = line }
    end }
  return proxy, values, order
end

-- -- what is known of a year, said of a period

-- A value of a year, a plain one within the bounds that rule names; the number of periods a year.
local function of_a_year(model, what, value, holds, rule)
  local s = shape(value)
  if not s then failf("%s must be a number or an uncertain value, not %s", what, describe(value)) end
  if s == "number" and not holds(value) then
    failf("%s %g %s%s", what, value, rule, value > 1 and value <= 100 and format(" (%g%% is written %g)", value, value / 100) or "")
  end
  return a_year[model.period]
end

-- The chance of a period of which a year of independent ones makes p: 1 - (1 - p)^(1/n).
local function per_period(model, p)
  local n = of_a_year(model, "model:per_period(p): p", p, function(v) return v >= 0 and v <= 1 end,
    "is not a probability between 0 and 1")
  return n == 1 and p or 0 - native.expm1(native.log1p(-p) / n)
end

-- The rate of a period that compounds to g a year: (1 + g)^(1/n) - 1.
local function per_period_growth(model, g)
  local what = "model:per_period_growth(g): g"
  local n = of_a_year(model, what, g, function(v) return v > -1 and v < huge end, "must be above -1 (-100%)")
  if type(g) == "number" and g > 1 then
    local file, line = place()
    native.warn(file, line, format("%s %g is %g%% a year; %g%% is written %g", what, g, g * 100, g, g / 100), "percent")
  end
  return n == 1 and g or native.expm1(native.log1p(g) / n)
end

-- -- roi.model

local function check_rate(rate)
  local s = shape(rate)
  if s ~= "number" and s ~= "scalar" then
    failf("discount_rate must be a number or an uncertain number, not %s", describe(rate))
  end
  if s == "number" and not (rate > -1 and rate < huge) then failf("discount_rate %g: must be above -1 (-100%%)", rate) end
  rate = helpers.check_rate("model", "discount_rate", rate, { holds = function() return true end })
  if s == "number" and rate > 1 then
    local file, line = place()
    native.warn(file, line, format("discount_rate %g is %g%% a year; 10%% is written 0.10", rate, rate * 100), "percent")
  end
  native.discount_rate(rate)
  return rate
end

local function check_inflation(rate)
  local what = "roi.model"
  helpers.check_rate(what, "inflation", rate, { holds = function(v) return v > -1 and v < huge end, says = "above -1 (-100%)" })
  if type(rate) == "number" and rate > 1 then
    failf("%s: inflation %g is %g%% a year; %g%% is written %g", what, rate, rate * 100, rate, rate / 100)
  end
  return rate
end

-- What the script says of its model, checked and copied.
local function read_spec(spec)
  if type(spec) ~= "table" then failf("roi.model takes a table { name = , horizon = , ... }, not %s", describe(spec)) end
  spec = check_options("roi.model", spec, { "name", "horizon", "period", "discount_rate", "currency", "inflation", "tax_rate", "terminal" })
  for _, field in ipairs { "name", "currency" } do
    if spec[field] ~= nil and (type(spec[field]) ~= "string" or spec[field] == "") then
      failf("roi.model: %s must be a text that is not empty, not %s", field, describe(spec[field]))
    end
    if spec[field] ~= nil then helpers.check_length("roi.model: " .. field, spec[field]) end
  end
  if spec.horizon ~= nil and not is_whole(spec.horizon, 1, 65535) then
    failf("roi.model: horizon %s: must be a whole number of periods from 1 to 65535", describe(spec.horizon))
  end
  if spec.period ~= nil and not a_year[spec.period] then
    failf("roi.model: period %s: must be \"week\", \"month\", \"quarter\" or \"year\"%s", describe(spec.period),
      native.suggest(word(spec.period), periods))
  end
  if spec.terminal ~= nil then spec.terminal = helpers.piece("adjust").read_terminal(spec.terminal) end
  return spec
end

local function default_name()
  local file = place() or "model"
  return (file:gsub("^.*/", ""):gsub("%.lua$", ""))
end

-- Sets the graph's model and returns its plain fields.
local function describe_model(spec)
  local fields = { name = spec.name or default_name(), horizon = floor(spec.horizon or 12), period = spec.period or "month",
    currency = spec.currency or "", discount_rate = 0 }
  local index = 0
  for i, name in ipairs(periods) do index = name == fields.period and i - 1 or index end
  local function bit(field, value) return spec[field] == nil and value or 0 end
  local defaults = bit("horizon", 1) + bit("discount_rate", 2) + bit("currency", 4) 
    + (spec.tax_rate ~= nil and 8 or 0) + (spec.terminal ~= nil and 16 or 0)
  native.set_model(fields.name, spec.currency, fields.horizon, index, defaults)
  if spec.discount_rate ~= nil then fields.discount_rate = check_rate(spec.discount_rate) end
  fields.inflation = spec.inflation ~= nil and check_inflation(spec.inflation) or 0
  return fields
end

local function param(name, default)
  if type(default) ~= "number" then
    failf("model:param(name, default): the default must be a plain number, not %s", describe(default))
  end
  if type(name) == "string" then helpers.check_length("parameter", name) end
  take_name("parameter", name)
  is_param[name] = true
  local value, is_set = setting_or(name, default)
  if is_set and type(value) ~= "number" then
    failf("parameter '%s' is a plain number: --set %s gave %s", name, name, describe(value))
  end
  return value
end

-- Methods are called with a colon; the script that writes a dot is told so. Held: a library's function may end in one.
local function method(name, self, f)
  return native.held(function(first, ...)
    if not rawequal(first, self()) then failf("write model:%s(...) with a colon", name) end
    parts.check_arguments("model", name, ...)
    return f(...)
  end)
end

-- Methods of the model that are pieces of their own, loaded at the first call: method -> piece.
local pieces = { correlate = "correlate", use_case = "use_case", actor = "use_case", pool = "pool", kpi = "kpi", budget = "budget",
  usual_method = "usual_method", scenario = "scenario" }

local function check_first()
  if the_model then failf("roi.model was called already%s: a script makes one model", at_line(", on line %d", the_model.line)) end
end

local function make_model(options)
  check_first()
  local spec = read_spec(options)
  check_first() -- a table's metatable may have called the script back, which may have made a model; nothing below calls it
  local file, line = place()
  local fields = describe_model(spec)
  local root = parts.new("model", fields.name, fields)
  if spec.tax_rate ~= nil then helpers.piece("adjust").tax(root, spec.tax_rate) end
  if spec.terminal ~= nil then helpers.piece("adjust").terminal(root, spec.terminal) end
  local outputs, output_values, output_list = new_outputs()
  fields.inputs, fields.outputs, fields.time = new_inputs("", "model.inputs"), outputs, native.time(1)
  local proxy
  local function self() return proxy end
  fields.param = method("param", self, param)
  for name, convert in pairs { per_period = per_period, per_period_growth = per_period_growth } do
    fields[name] = method(name, self, function(value) return convert(fields, value) end)
  end
  for name, piece in pairs(pieces) do
    fields[name] = method(name, self, function(...) return helpers.piece(piece)[name](root, ...) end)
  end

  local function standard_value(name)
    if #root.all == 0 then
      failf("model.%s before any flow: declare benefits and costs first (model:benefit, model:cost, model:risk)", name)
    end
    root:close(name)
    return native.given(root:results()[name])
  end
  setmetatable(fields, { __index = function(_, name)
    if is_standard[name] then return standard_value(name) end
    local f = parts.method_of(root, name)
    if f then
      fields[name] = method(name, self, f)
      return fields[name]
    end
    local known = names_of(fields, is_standard)
    for _, other in ipairs(parts.method_names) do known[#known + 1] = other end
    local near = native.suggest(word(name), known)
    failf("the model has no '%s'%s", word(name), near ~= "" and near or "; docs/LANGUAGE.md lists what it has")
  end })
  proxy = native.proxy { __index = fields, __metatable = false, __name = "model",
    __newindex = function(_, name, value)
      if name == "inputs" or name == "outputs" then
        failf("model.%s is there already: give it fields, model.%s.NAME = ...", name, name)
      elseif name ~= "discount_rate" then
        failf("model.%s can't be set: inputs go to model.inputs, outputs to model.outputs, the rest to roi.model { ... }",
          word(name))
      end
      local closed = root.closed
      if closed then
        failf("discount_rate comes too late: model.%s was read%s", closed.name, at_line(" on line %d", closed.line))
      end
      fields.discount_rate = check_rate(value)
    end }
  the_model = { proxy = proxy, file = file, line = line or 0, root = root, outputs = output_list, output_values = output_values,
    standard_value = standard_value }
  return proxy
end

-- ---------------------------------------------------------------------------------------------------------------------------
-- The end of the script.

local kinds = { benefit = 0, cost = 1, risk = 2 }

local function add_part_outputs(part, results)
  for _, name in ipairs(standard_names) do native.add_output(part.prefix .. name, results[name], true) end
  native.add_label(part.prefix .. "net", results.net)
  native.add_label(part.prefix .. "cumulative", results.cumulative)
end

-- Refuses outputs of the script's own that are called like a part's.
local function check_output_names(m, part)
  for _, o in ipairs(m.outputs) do
    local starts = o.name:sub(1, #part.prefix) == part.prefix
    if starts and is_standard[o.name:sub(#part.prefix + 1)] then
      failf("%soutput '%s' is a standard output of %s: give yours another name", helpers.place_text(o.file, o.line), o.name,
        part == m.root and "a model with flows" or part.title)
    end
  end
end

local function add_standard_outputs(m)
  local root = m.root
  check_output_names(m, root)
  local results = { net = m.standard_value("net"), cumulative = m.standard_value("cumulative") }
  for _, name in ipairs(standard_names) do results[name] = m.standard_value(name) end
  native.stand_at(m.file, m.line)
  add_part_outputs(root, results)
  for _, r in ipairs(root:results().rows) do native.add_component(r.name or r.flow.name, kinds[r.kind], r.pv) end
end

-- Use cases and actors: their outputs, what was asked of them before the end, and the tables that reports show of them.
local function add_parts(m)
  local root = m.root
  for _, list in ipairs { root.cases, root.actors } do
    for _, part in ipairs(list) do
      if #part.flows == 0 then
        if #part.kpis == 0 then
          native.warn(part.file, part.line, format("%s has no benefits, costs or risks, so it has no outputs", part.title), "empty-part")
        end
      else
        check_output_names(m, part)
        native.stand_at(part.file, part.line)
        add_part_outputs(part, part:results())
      end
      part:keep_promises()
    end
  end
  root:keep_promises()
  if #root.cases + #root.actors + #root.all_kpis + #root.budgets > 0 or root.usual then helpers.piece("tables")(root) end
end

-- Without money and outputs of the script's own, what is watched is what the model is about: its KPIs at their last dates.
local function add_kpi_outputs(kpis)
  for _, k in ipairs(kpis) do
    native.stand_at(k.file, k.line)
    native.add_output(k.part.prefix .. k.name, k.values[#k.dates], false)
  end
end

local function check_settings()
  local name, text = native.unused_setting()
  if not name then return end
  if name == "discount_rate" then
    failf("--set %s=%s: only inputs and parameters can be set; in the script make it one: "
      .. "model.discount_rate = model:param(\"discount_rate\", 0.1)", name, text)
  elseif name == "horizon" or name == "period" or name == "currency" or name == "name" then
    failf("--set %s=%s: only inputs and parameters can be set; %s is fixed by roi.model { %s = ... } in the script", name, text,
      name, name)
  end
  failf("--set %s=%s: the script has no input or parameter '%s'%s", name, text, name, hint(name, names_of(settable)))
end

-- The guards against usual mistakes are loaded where they may have something to say in every run; this asks what can be asked quickly.
local function is_guarded(root)
  if native.checking() or #annotated + #helpers.shares > 0 or #helpers.hours > 1 or root.model.inflation ~= 0 then return true end
  for _, f in ipairs(root.all) do
    if f.kind == "cost" and ((native.placed(f.series) or 0) > 1 or parts.speaks_of_past(f.name)) then return true end
  end
  return #native.compounded(parts.steep(root.model)) > 0
end

local function finish(result)
  if native.testing and native.expectations() == 0 then
    fail("this test script expects nothing: roi.expect(\"a name\", { of = value, mean = 1200, within = 30 })")
  end
  if native.testing and not the_model then return native.warn_unused() end
  if not the_model then
    fail("the script makes no model: begin with local model = roi.model { name = \"...\", horizon = 12 }")
  end
  if not rawequal(result, the_model.proxy) and not (native.testing and result == nil) then
    failf("the script must return its model: end it with `return model`%s",
      result ~= nil and format(" (it returned %s)", describe(result)) or "")
  end
  check_settings()
  local root = the_model.root
  local only_kpis = #root.all == 0 and #root.actors == 0 and #the_model.outputs == 0
  if only_kpis and #root.all_kpis == 0 and not native.testing then
    fail("the model has no outputs: declare benefits and costs, or set model.outputs.NAME")
  end
  local asked = native.asked_scenario()
  if asked then helpers.piece("scenario").check_asked(asked) end
  for _, finish_piece in ipairs(root.finishers) do finish_piece() end
  if #root.all > 0 then add_standard_outputs(the_model) end
  add_parts(the_model)
  if only_kpis then add_kpi_outputs(root.all_kpis) end
  if native.for_portfolio then helpers.piece("portfolio").hand_over(root) end
  for _, o in ipairs(the_model.outputs) do
    native.stand_at(o.file, o.line)
    native.add_output(o.name, o.value, false)
  end
  native.stand_at()
  local guarded = is_guarded(root) and helpers.piece("guards")
  if guarded then guarded.look(root, all_inputs) end
  native.settle()
  if helpers.is_loaded("correlate") then helpers.piece("correlate").close() end
  warn_unread()
  for _, a in ipairs(annotated) do
    if not a.input and not a.overrides then
      native.warn(a.file, a.line, "unit, doc and source describe inputs, and this value became none", "lost-annotation")
    end
  end
  native.warn_unused()
  if native.checking() then guarded.explain() end
end

return make_model, finish
end
