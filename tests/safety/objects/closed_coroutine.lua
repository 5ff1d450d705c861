-- expect status: 0
-- expect error: 
-- Coroutines and variables that are closed, or never are, after the script has returned its model.
local roi = require "roisim"
local model = roi.model { name = "closed" }
local draw = roi.uniform(0, 1)
kept = coroutine.create(function()
  local guard <close> = setmetatable({}, { __close = function() model.outputs.late = draw end })
  coroutine.yield()
end)
coroutine.resume(kept)
local guard <close> = setmetatable({}, { __close = function() model.outputs.x = draw + 1 end })
return model
