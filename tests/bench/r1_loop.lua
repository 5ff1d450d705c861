-- The reference model (examples/support_desk.lua) as a plain Lua loop with math.random, for scale.
-- usage: lua5.4 r1_loop.lua [TRIALS]
local trials = math.tointeger(tonumber(arg[1] or 200000))
local random, sqrt, log, exp, cos = math.random, math.sqrt, math.log, math.exp, math.cos

local function triangular(low, mode, high)
  local u = random()
  if u < (mode - low) / (high - low) then return low + sqrt(u * (high - low) * (mode - low)) end
  return high - sqrt((1 - u) * (high - low) * (high - mode))
end

-- Box and Muller
local function normal(mean, sd) return mean + sd * sqrt(-2 * log(1 - random())) * cos(2 * math.pi * random()) end

local function lognormal(p5, p95) return exp(normal(log(p5 * p95) / 2, log(p95 / p5) / (2 * 1.6448536269514722))) end

-- Marsaglia and Tsang, shape >= 1
local function gamma(shape)
  local d = shape - 1 / 3
  local c = 1 / sqrt(9 * d)
  while true do
    local z = normal(0, 1)
    local v = (1 + c * z) ^ 3
    if v > 0 and log(1 - random()) < 0.5 * z * z + d - d * v + d * log(v) then return d * v end
  end
end

local function beta(a, b)
  local x = gamma(a)
  return x / (x + gamma(b))
end

local function pert(low, mode, high)
  return low + (high - low) * beta(1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low))
end

math.randomseed(1)
local start = os.clock()
local npv, roi, payback = {}, {}, {}
for i = 1, trials do
  local volume, growth, aht = triangular(8000, 10000, 13000), 1 + normal(0.010, 0.004), pert(6, 9, 15)
  local wage, deflect, k, mid = lognormal(18, 30), beta(8, 12), 0.2 + 0.4 * random(), triangular(3, 6, 12)
  local quality, tokens, price = beta(20, 3), lognormal(3000, 12000), 2e-6 + 6e-6 * random()
  local fall, setup, run = 1 - (0.01 + 0.03 * random()), pert(40000, 60000, 120000), triangular(3000, 4000, 7000)
  local incident = random() < 0.15 and lognormal(20e3, 200e3) or 0
  local each, token_cost = deflect * quality * aht / 60 * wage, tokens * price
  local benefit, cost, balance, month, factor, step = 0, setup, -setup, 37, 1, 1.10 ^ (-1 / 12)
  for m = 1, 36 do
    volume = volume * growth
    token_cost = token_cost * fall
    factor = factor * step
    local active = volume / (1 + exp(-k * (m - mid)))
    local gain = active * each
    local loss = run + active * token_cost + (m == 12 and incident or 0)
    benefit = benefit + gain * factor
    cost = cost + loss * factor
    balance = balance + gain - loss
    if balance >= 0 and month > m then month = m end
  end
  npv[i], roi[i], payback[i] = benefit - cost, (benefit - cost) / cost, month
end
local took = os.clock() - start

local sum, losses = 0, 0
for i = 1, trials do
  sum = sum + npv[i]
  if npv[i] < 0 then losses = losses + 1 end
end
print(string.format("trials %d seconds %.6f rate %.0f npv_mean %.0f p_loss %.4f", trials, took, trials / took, sum / trials,
  losses / trials))
