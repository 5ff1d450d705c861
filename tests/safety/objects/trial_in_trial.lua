-- expect status: 1
-- expect error: per_trial function 'outer', trial 1:
local roi = require "roisim"
local model = roi.model { name = "kept" }
model.outputs.x = roi.per_trial("outer", function() return roi.per_trial("inner", function() return 1 end) end)
return model
