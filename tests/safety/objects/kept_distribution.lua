-- expect status: 1
-- expect error: kept_distribution.lua:8: per_trial function 'f', trial 2: this distribution belongs to a trial that has ended: make it in
-- A distribution that one trial made and another draws from.
local roi = require "roisim"
local model = roi.model { name = "m", horizon = 12 }
local keep
model.outputs.y = roi.per_trial("f", function(rng)
  keep = keep or roi.normal(100, 1) return rng:draw(keep)
end)
return model
