-- Compound Poisson jumps: in each period the sum of as many sizes as a Poisson number says. A piece of lua/roisim.lua, which
-- roi.process.jump and risks that come several times a year are made of.
--
-- REFERENCE  Glasserman, Monte Carlo Methods in Financial Engineering (2003), 3.5.1 (compound Poisson jumps on a fixed grid).
return function(native, helpers)

local type, ipairs = type, ipairs
local failf = helpers.failf

local most_sizes = 100

-- The least count that a Poisson number of this mean exceeds with a probability below 1e-9, at least 1; nil beyond most_sizes.
local function likely_most(mean)
  local term = native.exp(-mean)
  local above = 1 - term
  for k = 1, most_sizes do
    term = term * mean / k
    -- Where the rest is small it is summed, for 1 - (all below) has lost its digits.
    if above - term < 1e-6 then
      local tail, last = 0, term
      for j = k + 1, k + 60 do
        last = last * mean / j
        tail = tail + last
      end
      if tail < 1e-9 then return k end
    end
    above = above - term
  end
  return nil
end

-- The bound on a period's jumps where each has a size of its own.
local function bound(what, rate, most)
  if most then return most end
  if type(rate) ~= "number" then
    failf("%s: with an uncertain rate say how many jumps a period can have at most: most = 5", what)
  end
  return likely_most(rate) or
    failf("%s: rate %g a period needs more than %d sizes in each: take a shorter period, or draw each period's total by "
      .. "roi.each_period", what, rate, most_sizes)
end

-- what: how messages begin. rate: a number or an uncertain number a period. size: a distribution that is not drawn yet is drawn anew
-- for each jump; a number is the size of them all. most: the bound on a period's jumps, or nil. named(draw, part, k) names the draw of
-- the number (k nil) and of the k-th size. Returns the series and the series of the number.
local function jumps(what, rate, size, most, named)
  local _, _, each = native.is_draw(size)
  if each then most = bound(what, rate, most) end
  local number = native.poisson(rate)
  number = named(native.each_period(most and number:clamp(nil, most) or number), "number")
  if not each then return number * size, number end
  local sizes = { size }
  for k = 2, most do sizes[k] = native.again(size) end
  local total
  for k, one in ipairs(sizes) do
    -- 1 from the k-th jump on.
    local comes = native.min(native.max(number - (k - 1), 0), 1)
    local jump = comes * named(native.each_period(one), "size", k)
    total = total and total + jump or jump
  end
  return total, number
end

return { jumps = jumps, most_sizes = most_sizes }
end
