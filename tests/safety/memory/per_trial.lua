-- expect status: 3
-- expect error: script memory of 32M used up; raise it with --script-memory
-- args: --script-memory 32M --script-time 50
-- In a worker: what its trials keep.
local roi = require "roisim"
local model = roi.model { name = "per trial" }
local kept = {}
model.outputs.x = roi.per_trial("keep", function()
  while true do kept[#kept + 1] = { #kept } end
end)
return model
