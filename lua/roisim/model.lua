-- The model: parameters, inputs, outputs, flows and standard outputs. A piece of lua/roisim.lua, which calls the function
-- returned here with the native functions and its helpers; it gives back roi.model and what completes the model when the
-- script has run.
return function(native, helpers)

local type, ipairs, pairs, setmetatable, rawequal, huge, floor = type, ipairs, pairs, setmetatable, rawequal, math.huge, math.floor
local format = string.format
local names_of, failf, word, hint = helpers.names_of, helpers.failf, helpers.word, helpers.hint
local is_whole, check_options, correlations = helpers.is_whole, helpers.check_options, helpers.correlations
local fail, shape, describe, place = native.fail, native.shape, native.describe, native.place

local the_model -- the one model of the script, once made

-- ---------------------------------------------------------------------------------------------------------------------------
-- Annotations. They wait with their value until it becomes an input.

local annotations = {} -- value -> { unit =, doc =, source =, file =, line =, input = }
local annotated = {}   -- in order

for _, field in ipairs { "unit", "doc", "source" } do
  native.methods[field] = function(value, text)
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

local periods = { "week", "month", "quarter", "year" }
local a_year = { week = 52, month = 12, quarter = 4, year = 1 }
local standard_names = { -- in the order of reports
  "npv", "roi", "payback", "discounted_payback", "irr", "bcr", "pv_benefit", "pv_cost", "peak_funding",
}
local is_standard = {}
for _, name in ipairs(standard_names) do is_standard[name] = true end

-- Names that --set knows: parameters, inputs, a risk's draws. name -> line
local settable = {}

local function take_name(what, name)
  if type(name) ~= "string" or name == "" then failf("%s needs a name, not %s", what, describe(name)) end
  if settable[name] then failf("%s '%s': the name is taken already, on line %d", what, name, settable[name]) end
  local _, line = place()
  settable[name] = line or 0
end

-- What --set name=EXPR says, else the script's value.
local function setting_or(name, value)
  local is_set, replaced = native.setting(name)
  if is_set then return replaced, true end
  return value, false
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
  end
  notes = notes or annotations[value] or {}
  notes.input = name
  if type(value) ~= "number" then annotations[value] = notes end
  native.add_input(name, value, notes.unit, notes.doc, notes.source)
  if is_set and not native.is_draw(value) then correlations.note_replaced(name, value) end
  return value
end

local function new_inputs()
  local values, was_read, numbers = {}, {}, {}
  local proxy = native.proxy { __metatable = false, __name = "model.inputs",
    __index = function(_, name)
      local v = values[name]
      if v == nil then
        failf("model.inputs has no '%s' yet%s", word(name), hint(name, names_of(values)))
      end
      was_read[name] = true
      return v
    end,
    __newindex = function(_, name, value)
      if values[name] ~= nil then
        failf("input '%s' is set already, on line %d: give this one another name", name, settable[name])
      end
      if value == nil then failf("input '%s' is set to nil (a name not set?)", word(name)) end
      take_name("input", name)
      values[name] = add_input(name, value)
      if type(values[name]) == "number" then
        local file, line = place()
        numbers[#numbers + 1] = { name = name, file = file, line = line }
      end
    end }
  local function warn_unread()
    for _, n in ipairs(numbers) do
      if not was_read[n.name] then native.warn(n.file, n.line, format("input '%s' has no effect on any output", n.name)) end
    end
  end
  return proxy, warn_unread
end

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
      if type(name) ~= "string" or name == "" then failf("model.outputs: an output needs a name, not %s", describe(name)) end
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
    native.warn(file, line, format("%s %g is %g%% a year; %g%% is written %g", what, g, g * 100, g, g / 100))
  end
  return n == 1 and g or native.expm1(native.log1p(g) / n)
end

-- -- flows

local is_once = { once = true, ["one-off"] = true, ["one-time"] = true, single = true, now = true }

-- The periods in which something that happens `every` so often falls, as a list over the horizon: n times a period if it is
-- more frequent; else the k-th time in the period where its k-th interval ends.
local function pattern(every, period, horizon)
  local per_period, list = a_year[every] / a_year[period], {}
  for p = 1, horizon do list[p] = per_period >= 1 and per_period or 0 end
  if per_period >= 1 then return list, true end
  local k, any = 1, false
  while true do
    local p = -(-k * a_year[period] // a_year[every])
    if p > horizon then return list, any end
    list[p], any, k = 1, true, k + 1
  end
end

local function new_flows(model)
  local flows, patterns, names, closed = {}, {}, {}, nil

  local function over_periods(what, value, every)
    if not a_year[every] then
      failf("%s: every = %s must be \"week\", \"month\", \"quarter\" or \"year\"%s", what, describe(every),
        is_once[every] and "; what is paid a single time is written roi.at(0, value)" or
        native.suggest(word(every), periods))
    end
    if not patterns[every] then
      local list, any = pattern(every, model.period, model.horizon)
      patterns[every] = { series = native.series(list), any = any }
    end
    if not patterns[every].any then
      local file, line = place()
      native.warn(file, line, format("%s: the first %s ends after the horizon of %d %ss, so nothing is counted", what,
        every, model.horizon, model.period))
    end
    return value * patterns[every].series
  end

  local function add_flow(kind, name, series)
    if closed then
      failf("%s '%s' comes too late: reading model.%s (line %d) closed the model to further flows", kind, name, closed.name,
        closed.line)
    end
    local other = names[name]
    if other then
      failf("%s '%s': a %s of that name stands on line %d; names must differ", kind, name, other.kind, other.line)
    end
    local file, line = place()
    names[name] = { kind = kind, line = line or 0 }
    flows[#flows + 1] = { kind = kind, name = name, series = series, file = file, line = line }
    native.has_flows()
    local late = native.late(series)
    if late then
      native.warn(file, line, format("%s '%s' falls in %s %.0f, after the horizon of %d %ss, so nothing is counted", kind,
        name, model.period, late, model.horizon, model.period))
    end
  end

  -- A series of plain numbers, none above 0; of uncertain ones nothing is said.
  local function warn_negative_series(what, series, advice)
    if not native.is_plain(series) or native.max_over(series) > 0 or not (native.min_over(series) < 0) then return end
    local file, line = place()
    native.warn(file, line, format("%s is below 0: %s", what, advice))
  end

  local function warn_negative(what, value, advice)
    if type(value) ~= "number" or value >= 0 then return end
    local file, line = place()
    native.warn(file, line, format("%s is below 0 (%g): %s", what, value, advice))
  end

  local function check_name(kind, name)
    if type(name) ~= "string" or name == "" then
      failf("model:%s(name, value): the name must be a text, not %s", kind, describe(name))
    end
  end

  local function flow(kind, name, value, options)
    check_name(kind, name)
    local what = format("%s '%s'", kind, name)
    local s = shape(value)
    if not s then
      failf("%s must be a number, an uncertain number or a series%s, not %s", what,
        type(value) == "table" and " (a list becomes one by roi.series)" or "", describe(value))
    end
    if options ~= nil and type(options) ~= "table" then
      failf("%s: options are a table, such as { every = \"%s\" }, not %s", what, model.period, describe(options))
    end
    if options then check_options(what, options, { "every" }) end
    local every = options and options.every
    if s == "series" and every ~= nil then
      failf("%s is a series, which says itself what falls in each period: leave out 'every'", what)
    end
    local advice = kind == "cost" and "costs are written as positive amounts" or "what is paid is a cost"
    if s == "series" then
      warn_negative_series(what, value, advice)
    else
      if every == nil then
        failf("%s is one number: say how often, { every = \"%s\" }, or when, roi.at(period, value)", what, model.period)
      end
      warn_negative(what, value, advice)
      value = over_periods(what, value, every)
    end
    add_flow(kind, name, value)
  end

  -- A loss that occurs at most once: the draws NAME.occurs and, if they are distributions, NAME.loss and NAME.at, the last if no
  -- draw of the script has that name already.
  local function risk(name, spec)
    check_name("risk", name)
    local what = format("risk '%s'", name)
    if type(spec) ~= "table" then
      failf("%s takes { probability = , loss = , at = }, not %s", what, describe(spec))
    end
    check_options(what, spec, { "probability", "loss", "at" })
    for _, field in ipairs { "probability", "loss", "at" } do
      if spec[field] == nil then
        failf("%s: %s is missing; write { probability = 0.1, loss = 50000, at = 12 }", what, field)
      end
      -- Asking for the shape of a draw would draw it, and it is still to get its name.
      local s = (field == "loss" or native.is_draw(spec[field])) and "scalar" or shape(spec[field])
      if s ~= "number" and s ~= "scalar" then
        failf("%s: %s must be a number or an uncertain number, not %s", what, field, describe(spec[field]))
      end
    end
    local p = spec.probability
    if type(p) == "number" and not (p >= 0 and p <= 1) then
      failf("%s: probability %g is not between 0 and 1 (15%% is written 0.15)", what, p)
    end
    local occurs_name, loss_name = name .. ".occurs", name .. ".loss"
    take_name("the risk's draw", occurs_name)
    local occurs, is_set = setting_or(occurs_name, nil)
    if not is_set then occurs = native.occurs(occurs_name, p) end
    if type(occurs) == "number" and occurs ~= 0 and occurs ~= 1 then
      failf("%s: %s is 0 or 1, or a distribution of these, not %s", what, occurs_name, describe(occurs))
    end
    occurs = add_input(occurs_name, occurs, is_set)
    local loss = spec.loss
    local draw, unnamed = native.is_draw(loss)
    if draw and unnamed or type(loss) == "number" then
      take_name("the risk's draw", loss_name)
      loss = add_input(loss_name, loss)
    end
    warn_negative(what .. ": the loss", spec.loss, "losses are written as positive amounts")
    local s = shape(loss)
    if s ~= "number" and s ~= "scalar" then
      failf("%s: loss must be a number or an uncertain number, not %s", what, describe(loss))
    end
    local at, at_name = spec.at, name .. ".at"
    local at_draw, at_unnamed = native.is_draw(at)
    if at_draw and at_unnamed and not settable[at_name] and not native.draw_node(at_name) then
      take_name("the risk's draw", at_name)
      at = add_input(at_name, at)
    end
    s = shape(at)
    if s ~= "number" and s ~= "scalar" then
      failf("%s: at must be a number or an uncertain number, not %s", what, describe(at))
    end
    add_flow("risk", name, native.at(at, occurs * loss))
  end

  local function close(name)
    local _, line = place()
    closed = closed or { name = name, line = line or 0 }
  end

  return { flow = flow, risk = risk, close = close, list = flows, is_closed = function() return closed end }
end

-- -- standard outputs

-- The sum of a list of values that may be empty.
local function total(list)
  local sum = list[1] or 0.0
  for i = 2, #list do sum = sum + list[i] end
  return sum
end

-- model: the plain fields; flows: as declared, each gets its present
-- value `pv`; at: where the model was made.
local function standard_outputs(model, flows, at)
  local per_year, rate = a_year[model.period], model.discount_rate
  local function present(series)
    if rate == 0 then return series end
    return series * (1 + rate)^(native.time(native.start(series)) / -per_year)
  end
  local benefits, costs, net = {}, {}, nil
  for _, f in ipairs(flows) do
    local is_benefit = f.kind == "benefit"
    native.stand_at(f.file, f.line) -- what goes wrong in a flow is found at the flow
    f.pv = native.sum(present(f.series))
    local side = is_benefit and benefits or costs
    side[#side + 1] = f.pv
    if not net then net = is_benefit and f.series or -f.series
    else net = is_benefit and net + f.series or net - f.series end
  end
  native.stand_at(at.file, at.line)
  local pv_benefit, pv_cost = total(benefits), total(costs)
  local npv, cumulative = pv_benefit - pv_cost, native.cumsum(net)
  local spent = native.max(pv_cost, 0) -- a share of costs that are not above 0 says nothing: a gain would read as a loss
  local irr = native.irr(net)
  local outputs = {
    net = net, cumulative = cumulative, -- undiscounted series
    npv = npv, pv_benefit = pv_benefit, pv_cost = pv_cost,
    roi = native.state(npv / pv_cost, spent),
    bcr = native.state(pv_benefit / pv_cost, spent),
    payback = native.payback(cumulative),
    discounted_payback = native.payback(native.cumsum(present(net))),
    irr = per_year == 1 and irr or (1 + irr)^per_year - 1,
    peak_funding = native.max(-native.min_over(cumulative), 0),
  }
  native.stand_at()
  return outputs
end

-- -- roi.model

local function check_rate(rate)
  local s = shape(rate)
  if s ~= "number" and s ~= "scalar" then
    failf("discount_rate must be a number or an uncertain number, not %s", describe(rate))
  end
  if s == "number" and not (rate > -1 and rate < huge) then failf("discount_rate %g: must be above -1 (-100%%)", rate) end
  if s == "number" and rate > 1 then
    local file, line = place()
    native.warn(file, line, format("discount_rate %g is %g%% a year; 10%% is written 0.10", rate, rate * 100))
  end
  native.discount_rate(rate)
  return rate
end

local function check_spec(spec)
  if type(spec) ~= "table" then failf("roi.model takes a table { name = , horizon = , ... }, not %s", describe(spec)) end
  check_options("roi.model", spec, { "name", "horizon", "period", "discount_rate", "currency" })
  for _, field in ipairs { "name", "currency" } do
    if spec[field] ~= nil and (type(spec[field]) ~= "string" or spec[field] == "") then
      failf("roi.model: %s must be a text that is not empty, not %s", field, describe(spec[field]))
    end
  end
  if spec.horizon ~= nil and not is_whole(spec.horizon, 1, 65535) then
    failf("roi.model: horizon %s: must be a whole number of periods from 1 to 65535", describe(spec.horizon))
  end
  if spec.period ~= nil and not a_year[spec.period] then
    failf("roi.model: period %s: must be \"week\", \"month\", \"quarter\" or \"year\"%s", describe(spec.period),
      native.suggest(word(spec.period), periods))
  end
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
  native.set_model(fields.name, spec.currency, fields.horizon, index, defaults)
  if spec.discount_rate ~= nil then fields.discount_rate = check_rate(spec.discount_rate) end
  return fields
end

local function param(name, default)
  if type(default) ~= "number" then
    failf("model:param(name, default): the default must be a plain number, not %s", describe(default))
  end
  take_name("parameter", name)
  local value, is_set = setting_or(name, default)
  if is_set and type(value) ~= "number" then
    failf("parameter '%s' is a plain number: --set %s gave %s", name, name, describe(value))
  end
  return value
end

-- Methods are called with a colon; the script that writes a dot is told so.
local function method(name, self, f)
  return function(first, ...)
    if not rawequal(first, self()) then failf("write model:%s(...) with a colon", name) end
    return f(...)
  end
end

local function make_model(spec)
  if the_model then failf("roi.model was called already, on line %d: a script makes one model", the_model.line) end
  check_spec(spec)
  local file, line = place()
  local fields = describe_model(spec)
  local inputs, warn_unread = new_inputs()
  local outputs, output_values, output_list = new_outputs()
  local flows = new_flows(fields)
  fields.inputs, fields.outputs, fields.time = inputs, outputs, native.time(1)
  local proxy
  local function self() return proxy end
  for _, kind in ipairs { "benefit", "cost" } do
    fields[kind] = method(kind, self, function(...) return flows.flow(kind, ...) end)
  end
  fields.risk, fields.param = method("risk", self, flows.risk), method("param", self, param)
  for name, convert in pairs { per_period = per_period, per_period_growth = per_period_growth } do
    fields[name] = method(name, self, function(value) return convert(fields, value) end)
  end
  fields.correlate = method("correlate", self, correlations.correlate)

  local standard
  local function standard_value(name)
    if #flows.list == 0 then
      failf("model.%s before any flow: declare benefits and costs first (model:benefit, model:cost, model:risk)", name)
    end
    flows.close(name)
    standard = standard or standard_outputs(fields, flows.list, { file = file, line = line })
    return native.given(standard[name])
  end
  setmetatable(fields, { __index = function(_, name)
    if is_standard[name] then return standard_value(name) end
    failf("the model has no '%s'%s", word(name), native.suggest(word(name), names_of(fields, is_standard)))
  end })
  proxy = native.proxy { __index = fields, __metatable = false, __name = "model",
    __newindex = function(_, name, value)
      if name ~= "discount_rate" then
        failf("model.%s can't be set: inputs go to model.inputs, outputs to model.outputs, the rest to roi.model { ... }",
          word(name))
      end
      local closed = flows.is_closed()
      if closed then
        failf("discount_rate comes too late: model.%s was read on line %d", closed.name, closed.line)
      end
      fields.discount_rate = check_rate(value)
    end }
  the_model = { proxy = proxy, file = file, line = line or 0, flows = flows, warn_unread = warn_unread,
    outputs = output_list, output_values = output_values, standard_value = standard_value }
  return proxy
end

-- ---------------------------------------------------------------------------------------------------------------------------
-- The end of the script.

local function add_standard_outputs(m)
  for _, o in ipairs(m.outputs) do
    if is_standard[o.name] then
      failf("%s:%d: output '%s' is a standard output of a model with flows: give yours another name", o.file, o.line, o.name)
    end
  end
  local values = {}
  for i, name in ipairs(standard_names) do values[i] = m.standard_value(name) end
  native.stand_at(m.file, m.line)
  for i, name in ipairs(standard_names) do native.add_output(name, values[i], true) end
  native.add_label("net", m.standard_value("net"))
  native.add_label("cumulative", m.standard_value("cumulative"))
  local kinds = { benefit = 0, cost = 1, risk = 2 }
  for _, f in ipairs(m.flows.list) do native.add_component(f.name, kinds[f.kind], f.pv) end
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

local function finish(result)
  if not the_model then
    fail("the script makes no model: begin with local model = roi.model { name = \"...\", horizon = 12 }")
  end
  if not rawequal(result, the_model.proxy) then
    failf("the script must return its model: end it with `return model`%s",
      result ~= nil and format(" (it returned %s)", describe(result)) or "")
  end
  check_settings()
  if #the_model.flows.list == 0 and #the_model.outputs == 0 then
    fail("the model has no outputs: declare benefits and costs, or set model.outputs.NAME")
  end
  if #the_model.flows.list > 0 then add_standard_outputs(the_model) end
  for _, o in ipairs(the_model.outputs) do
    native.stand_at(o.file, o.line)
    native.add_output(o.name, o.value, false)
  end
  native.stand_at()
  correlations.close()
  the_model.warn_unread()
  for _, a in ipairs(annotated) do
    if not a.input then native.warn(a.file, a.line, "unit, doc and source describe inputs, and this value became none") end
  end
  native.warn_unused()
end

return make_model, finish
end
