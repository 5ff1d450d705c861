-- expect status: 1
-- expect error: kept_distribution_part.lua:12: per_trial function 'f', trial 2: refused 5
-- What a trial made of distributions ends with it, whatever another trial does with it; what the script made stays.
local roi = require "roisim"
local model = roi.model { name = "m", horizon = 12 }
local before, kept = roi.normal(100, 1):truncate(0), nil
model.outputs.y = roi.per_trial("f", function(rng)
  local n, made = 0, { roi.uniform(7, 8), roi.mixture { { 1, roi.normal(1, 1) }, { 1, roi.normal(2, 2) } }, roi.normal(1, 2):clamp(0, 1) }
  for _, f in ipairs { function(d) return rng:draw(d) end, function(d) return d:truncate(0) end, function(d) return d:clamp(0) end,
                       function(d) return roi.mixture { { 1, d }, { 1, roi.normal(0, 1) } } end, function(d) return d + 1 end } do
    for _, d in ipairs(kept or {}) do if not pcall(f, d) then n = n + 1 / #kept end end end
  if kept then error(("refused %.0f"):format(n)) end
  kept = made
  assert(tostring(made[1]))
  return rng:draw(before) + rng:draw(made[2])
end)
return model
