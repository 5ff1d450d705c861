-- Everything at once against the same cash flows written down period by period in each trial.
local roi = require "roisim"
local H, PY = 24, 52
local m = roi.model { horizon = H, period = "week", discount_rate = 0.1, inflation = 0.05 } -- expect warning: inflation is given, and 'a.kept', 'a.licences', 'a.tokens' say no basis
local u = m:use_case("a")
local x = u.inputs
local order = {}
local function draw(name, low, high)
  x[name] = roi.uniform(low, high)
  order[#order + 1] = name
  return x[name]
end

local ends = u:abandonment("ends", { probability = 0.4, between = { 5, 20 } })
u:time_saved("drafts", { volume = draw("volume", 80, 120), every = "week", minutes = draw("minutes", 2, 8), check = draw("check", 1, 3),
  wage = draw("wage", 20, 40), cash = draw("cash", 0.2, 0.8), delay = draw("delay", 0, 5), basis = "real",
  dip = { depth = draw("depth", 0, 1.5), periods = draw("periods", 2, 6), from = draw("from", 1, 4) } })
u:retention("kept", { customers = draw("customers", 900, 1100), churn = draw("churn", 0.01, 0.03), cut = draw("cut", 0, 0.2),
  margin = draw("margin", 1, 3), months = draw("months", 0.5, 3) })
u:seats("licences", { count = 10 + 5 * roi.curve.ramp { from = 3, periods = 4, to = 1 }, price = draw("price", 5, 9), every = "month",
  commit = 2 })
u:ai_usage("tokens", { requests = draw("requests", 1000, 2000), every = "week", tokens_in = draw("into", 1000, 3000),
  tokens_out = draw("out", 100, 900), price_in = draw("price_in", 2, 4), price_out = draw("price_out", 8, 16), per = 1e6,
  retries = draw("retries", 0, 0.2), decline = draw("decline", 0, 0.5), batch = { share = draw("batch", 0, 1), discount = 0.5 },
  cache = { hits = draw("hits", 0, 1), discount = 0.9 }, routing = { { share = draw("route", 0, 1), price_in = 1, price_out = 2 } },
  staircase = { at = draw("stair", 3, 20), price_in = 9, price_out = 30 },
  review = { share = draw("review", 0, 0.1), minutes = 2, wage = 30 } })
local leak = u:risk("leak", { probability = 0.5, loss = draw("loss", 100, 900), between = { 2, 30 }, duration = draw("duration", 1, 4) })

-- What each period brings and takes, in plain numbers.
local function by_hand(v, gone_at, leak_at)
  local cash = {}
  for p = 0, H do cash[p] = 0 end
  local function add(p, amount)
    if p <= H then cash[p] = cash[p] + amount end
  end
  local month_ends, contracts, billed = {}, {}, 0
  for k = 1, 12 do month_ends[-(-k * 52 // 12)] = true end
  for p = 1, H do
    local runs = p < gone_at
    if runs then
      local learnt = p - v.from
      local gain = learnt >= 0 and learnt < v.periods and 1 - v.depth * (1 - learnt / v.periods) or 1
      local q = p + math.ceil(v.delay)
      add(q, v.volume * (v.minutes - v.check) / 60 * gain * v.wage * v.cash * 1.05 ^ (q / PY))
      for k = 0, 13 do
        add(p + k, v.customers * v.churn * v.cut * v.margin * math.max(math.min(v.months * 52 / 12 - k, 1), 0))
      end
      local function request(price_in, price_out) return (v.into * (1 - v.hits * 0.9) * price_in + v.out * price_out) / 1e6 end
      local up = p >= v.stair
      local main = request(up and 9 or v.price_in, up and 30 or v.price_out)
      add(p, -v.requests * (1 + v.retries) * (v.route * request(1, 2) + (1 - v.route) * main) * (1 - v.batch * 0.5)
        * (1 - v.decline) ^ (p / PY))
      add(p, -v.requests * v.review * 2 / 60 * 30)
    end
    -- Each block of seats is a contract of nine weeks.
    local bound, count = 0, runs and 10 + 5 * math.max(math.min((p - 3) / 4, 1), 0) or 0
    for _, c in ipairs(contracts) do
      if p < c.from + 9 then bound = bound + c.seats end
    end
    local now = math.max(count, bound)
    if now > billed then contracts[#contracts + 1] = { from = p, seats = now - billed } end
    billed = now
    if month_ends[p] then add(p, -now * v.price) end
  end
  for k = 0, 4 do
    if leak_at + k < gone_at then add(leak_at + k, -v.loss * math.max(math.min(v.duration - k, 1), 0)) end
  end
  local npv = 0
  for p = 0, H do npv = npv + cash[p] * 1.1 ^ (-p / PY) end
  return npv
end

local values = {}
for i, name in ipairs(order) do values[i] = x[name] end
local gone_at, leak_at = roi.min(ends.at, 1000), roi.min(leak.at, 1000)
local npv = roi.per_trial("by hand", function(_, gone, leaked, ...)
  local v = {}
  for i, name in ipairs(order) do v[name] = select(i, ...) end
  return by_hand(v, gone, leaked)
end, gone_at, leak_at, table.unpack(values))
m.outputs.ok_npv = roi.lt(roi.abs(u.npv - npv), 1e-9)
return m
-- args: --trials 400
