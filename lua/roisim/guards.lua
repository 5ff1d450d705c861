-- Guards against the usual mistakes of business cases: what is said of them in every run. What only `roisim check` says is in
-- lua/roisim/check.lua, and the reasons of all rules in lua/roisim/rules.lua. A piece of lua/roisim.lua, loaded at the end of a script
-- that gives it something to look at.
--
-- What is said in every run must be right nearly always: a warning that is not is worse than a mistake unnoticed, since it teaches to
-- pass over warnings.
return function(native, helpers)

local ipairs, type, rawequal, huge = ipairs, type, rawequal, math.huge
local format, concat = string.format, table.concat
local parts = helpers.parts

-- Shows at most `most` names of a list.
local function listed(names, most)
  local shown = {}
  for i = 1, #names <= most and #names or most do shown[i] = format("'%s'", names[i]) end
  local text = concat(shown, ", ")
  return #names > most and format("%s and %d more", text, #names - most) or text
end

-- Whether a text holds one of the words, whole.
local function speaks_of(text, words)
  text = text:lower()
  for _, word in ipairs(words) do
    if text:find("%f[%w]" .. word .. "%f[%W]") then return true end
  end
  return false
end

local function short(x) return format((x >= 1000 or x <= -1000) and x < 1e9 and x > -1e9 and "%.0f" or "%.3g", x) end

-- -- shares

-- What a unit says that a value is: "share", "probability" (never below 0), "percent"; nil for anything else.
local function share_kind(unit)
  unit = unit:lower()
  if unit:find("^probability%f[%A]") or unit:find("^chance%f[%A]") then return "probability" end
  if unit:find("^share%f[%A]") or unit:find("^fraction%f[%A]") then return "share" end
  if unit:find("^%%") or unit:find("^percent%f[%A]") then return "percent" end
end

-- The range of an input that holds all but 2 of 1000 trials; nothing if it has uncertain parameters.
local function range_of(value)
  local low, high = native.quantile(value, 0.001), native.quantile(value, 0.999)
  if low and high then return low, high end
end

-- at: what has a file and a line; what: the value in words; kind: of share_kind, "field" of one that must be in [0, 1]; unit: a text or ""
local function look_at_share(at, what, value, kind, unit)
  local low, high = range_of(value)
  if not low or kind == "percent" and (type(value) == "number" or native.converted(value, "percent")) then return end
  local median = native.quantile(value, 0.5)
  local function warn(level, ...) native.warn(at.file, at.line, what .. format(...), "share-range", level) end
  if median > 1 then
    warn(0, ", and its median is %s: %s%% is written %s", short(median), short(median), short(median / 100))
  elseif high > 1 + 1e-9 then
    warn(0, ", but in one trial of a thousand it is above %s: roi.share(a, b) or :clamp(0, 1) keeps it in [0, 1]", short(high))
  elseif low < -1e-9 and (kind == "probability" or kind == "field") then
    warn(0, ", but in one trial of a thousand it is below %s: roi.share(a, b) or :clamp(0, 1) keeps it in [0, 1]", short(low))
  elseif low < -1e-9 and native.checking() and not unit:find("/", 1, true) then
    warn(1, ", but in one trial of a thousand it is below %s", short(low))
  end
end

local function look_at_shares(inputs)
  local seen = {} -- an input that is given for a field too
  for _, input in ipairs(inputs) do
    local unit = input.notes.unit
    local kind = unit and share_kind(unit)
    if kind then
      look_at_share(input, format("input '%s' has the unit \"%s\"", input.name, unit), input.value, kind, unit)
      seen[input.value] = true
    end
  end
  for _, s in ipairs(helpers.shares) do
    if not seen[s.value] then look_at_share(s, s.what .. " is a share", s.value, "field", "") end
    seen[s.value] = true
  end
end

-- -- sources

local sellers = { "vendor", "vendors", "vendor's", "supplier", "suppliers", "supplier's", "brochure", "reseller", "sales deck",
  "sales pitch", "sales rep", "sales team's", "case study", "case studies", "white paper", "whitepaper", "product page" }
local binding = { "quote", "quotes", "quoted", "quotation", "contract", "offer", "invoice", "invoices", "price list", "tender",
  "list price", "agreement" } -- what sellers are held to

local function look_at_source(input)
  local source = input.notes.source
  if not source or not speaks_of(source, sellers) or speaks_of(source, binding) then return end
  native.warn(input.file, input.line, format("input '%s' comes from who sells it (\"%s\"): widen its range or discount it", input.name,
    source), "vendor-source")
end

-- -- hours

-- Whether two calls save the same uncertain minutes of the same items. Rivals may, and a pool sees to it.
local function are_the_same(a, b)
  local rivals = a.part ~= b.part and (a.part.kind == "actor" or b.part.kind == "actor")
  return type(a.minutes) == "userdata" and rawequal(a.minutes, b.minutes) and rawequal(a.volume, b.volume) and not rivals and
    not (a.pool ~= nil and rawequal(a.pool, b.pool))
end

local function look_at_hours()
  for i, b in ipairs(helpers.hours) do
    for k = 1, i - 1 do
      local a = helpers.hours[k]
      if are_the_same(a, b) then
        native.warn(b.file, b.line, format("'%s' saves the same minutes of the same items as '%s'%s: give both one pool, or each "
          .. "its own minutes", b.part.prefix .. b.name, a.part.prefix .. a.name, helpers.at_line(" (line %d)", a.line)), "counted-twice")
        break
      end
    end
  end
end

-- -- rates that compound each period

local function percent_a_year(rate, n) return format("%s%% a year", short(((1 + rate)^n - 1) * 100)) end

-- level 0: those that must be a mistake; 1: the others, so that each is read once as what it means in a year.
local function look_at_rates(root)
  local model, seen, steep = root.model, {}, {}
  local n = root.per_year
  if n == 1 then return end
  local function say(r, level)
    if seen[r.name] and r.name ~= "" then return end
    seen[r.name] = true
    native.warn(r.file, r.line, format("%s compounds each %s: %s a %s is %s%s", r.name ~= "" and format("'%s'", r.name) or "a rate",
      model.period, short(r.rate), model.period, percent_a_year(r.rate, n),
      level == 0 and "; a yearly rate is turned by model:per_period_growth(g)" or ""), "rate-by-period", level)
  end
  for _, r in ipairs(native.compounded(parts.steep(model))) do
    if r.name ~= "" or r.rate > 0 and r.rate < 1 then -- 2^t and 0.5^t may be no rates
      say(r, 0)
      steep[format("%s:%d", r.file, r.line)] = true
    end
  end
  if not native.checking() then return end
  for _, r in ipairs(native.compounded(1, huge, -huge)) do
    if r.rate > -1 and r.rate < 1 and r.rate ~= 0 and not steep[format("%s:%d", r.file, r.line)] then say(r, 1) end
  end
end

-- -- flows

local set_up = { "set%-?up", "setup", "installation", "install", "implementation", "build", "rollout", "roll%-out", "launch", "go%-live",
  "integration", "development", "migration" }

-- The part's first cost that makes it ready, if it is paid in a fixed period after the first: the cost and the period. What a pilot
-- brings comes before the set-up of the whole, and rightly so.
local function first_set_up(part)
  local first, at
  for _, f in ipairs(part.flows) do
    if f.category == "pilot" then return end
    if f.kind == "cost" and not f.paid and speaks_of(f.name, set_up) then
      local p = native.placed(f.series)
      if not p then return end -- when it is paid depends on something: nothing can be said
      if not first or p < at then first, at = f, p end
    end
  end
  if first and at > 1 and at <= part.model.horizon then return first, at end
end

local function look_at_order(part)
  local cost, at = first_set_up(part)
  if not cost then return end
  for _, f in ipairs(part.flows) do
    local placed = native.placed(f.series)
    if f.kind == "benefit" and not (placed and placed >= at) and not (type(f.delay) == "number" and f.delay >= at) then
      native.stand_at(f.file, f.line)
      local series = part:arriving(f)
      local before = native.sum(series * native.compare("lt", native.time(native.start(series)), at))
      if before ~= 0 then
        native.warn(f.file, f.line, format("benefit '%s' comes before %s %d, when '%s' is paid%s", f.name, part.model.period, at,
          cost.name, helpers.at_line(" (line %d)", cost.line)), "early-benefit", 0, native.compare("gt", before, 0))
      end
    end
  end
  native.stand_at()
end

local function look_at_past(flows)
  for _, f in ipairs(flows) do
    if f.kind == "cost" and not f.paid and parts.speaks_of_past(f.name) then
      native.warn(f.file, f.line, format("cost '%s' reads as paid already: what no decision can change is left out by paid = true", f.name),
        "sunk-cost")
    end
  end
end

local function look_at_prices(part, flows)
  local names = {}
  for _, f in ipairs(flows) do
    local last = names[#names]
    local part_of_last = last and f.name:sub(1, #last + 2) == last .. " (" -- another flow of the same call
    if not f.paid and f.basis == "unsaid" and not part_of_last and not native.is_placed(f.series) then
      names[#names + 1] = f.name
    end
  end
  if #names == 0 then return end
  native.warn(part.file, part.line, format("inflation is given, and %s say%s no basis: basis = \"real\" (prices of today) or \"nominal\"",
    listed(names, 4), #names == 1 and "s" or ""), "price-basis")
end

-- -- all of it

-- inputs: { name =, value =, notes =, file =, line = }
local function look(root, inputs)
  local flows, all = {}, { root }
  for _, list in ipairs { root.cases, root.actors } do
    for _, part in ipairs(list) do all[#all + 1] = part end
  end
  for _, part in ipairs(all) do
    for _, f in ipairs(part.flows) do flows[#flows + 1] = f end
  end
  look_at_shares(inputs)
  for _, input in ipairs(inputs) do look_at_source(input) end
  look_at_hours()
  look_at_rates(root)
  for _, part in ipairs(all) do look_at_order(part) end
  look_at_past(flows)
  if root.model.inflation ~= 0 then look_at_prices(root, flows) end
  if native.checking() then helpers.piece("check")(root, inputs, flows) end
end

-- Gives what was found its reasons.
local function explain()
  for _, rule in ipairs(helpers.piece("rules")) do native.explain_rule(rule[1], rule[2]) end
end

helpers.guards = { speaks_of = speaks_of, listed = listed, short = short, range_of = range_of, percent_a_year = percent_a_year }
return { look = look, explain = explain }
end
