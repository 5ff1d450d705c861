-- expect status: 1
-- expect error: per_trial_collected.lua:8: per_trial function 'kept', trial
-- args: --trials 3000
-- State in what the collector has not come to yet.
local roi = require "roisim"
local model = roi.model { name = "collected" }
local weak = setmetatable({}, { __mode = "v" })
model.outputs.x = roi.per_trial("kept", function()
  local found = weak[1] and 1 or 0
  weak[1] = {}
  return found
end)
return model
