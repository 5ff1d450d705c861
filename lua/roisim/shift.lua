-- Whole periods that may be uncertain: series moved later, and series whose every amount comes for a number of periods. A piece of
-- lua/roisim.lua, which calls the function returned here with the native functions and its helpers.
--
-- An uncertain shift d is taken apart into powers of two: where bit k of d is set the series moves by 2^k. So a horizon of H
-- periods takes about log2(H) shifts, not H.
return function(native, helpers)

local type, select, ceil, floor = type, select, math.ceil, math.floor
local failf = helpers.failf
local shape, describe = native.shape, native.describe

-- 1 where t >= moment, else 0; numbers, uncertain values or series.
local function from(t, moment) return native.compare("ge", t, moment) end

-- The series moved later by so many periods, rounded up; never: nothing comes. A negative uncertain shift counts as none.
local function moved(series, periods)
  local horizon = native.horizon("a shift")
  if type(periods) == "number" then
    return native.lag(series, ceil(native.min(native.max(periods, 0), horizon + 1)))
  end
  local left = native.min(native.max(native.ceil(periods), 0), horizon + 1)
  local size = 1
  while size <= horizon + 1 do
    local half = native.floor(left / 2)
    series = native.where(left - 2 * half, native.lag(series, size), series)
    left, size = half, size * 2
  end
  return series
end

-- roi.delayed(series, periods)
local function delayed(...)
  local series, periods = ...
  local usage = "roi.delayed(series, periods)"
  if select("#", ...) ~= 2 then failf("%s takes 2 arguments, not %d", usage, select("#", ...)) end
  if shape(series) ~= "series" then failf("%s: a series is needed, not %s", usage, describe(series)) end
  local s = shape(periods)
  if s ~= "number" and s ~= "scalar" then
    failf("%s: periods must be a number or an uncertain number, not %s", usage, describe(periods))
  end
  if s == "number" and not (periods >= 0) then failf("%s: periods %g must be 0 or more: nothing comes earlier", usage, periods) end
  if s == "number" and not helpers.is_moment(periods) then
    failf("%s: periods %g must be finite, or roi.never%s", usage, periods, helpers.never_hint(periods))
  end
  return moved(series, periods)
end

-- What each period's amount adds up to if it comes for so many periods, its own the first: the sum of the last n amounts, a
-- broken rest of n counting as a share.
local function lasting(series, periods)
  local total = native.cumsum(series)
  if type(periods) == "number" then
    local horizon = native.horizon("a duration") + 1
    if periods >= horizon then return total end
    local n = floor(periods)
    local sum = total - native.lag(total, n)
    return periods == n and sum or sum + (periods - n) * native.lag(series, n)
  end
  local all = native.min(native.max(periods, 0), native.horizon("a duration") + 1)
  local n = native.floor(all)
  return total - moved(total, n) + (all - n) * moved(series, n)
end

return { from = from, moved = moved, delayed = delayed, lasting = lasting }
end
