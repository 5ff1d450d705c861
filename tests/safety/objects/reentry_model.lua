-- expect status: 1
-- expect error: roi.model was called already
-- A model that is made while the series of another is.
local roi = require "roisim"
local model = roi.model { name = "outer" }
model.outputs.x = roi.last(roi.recur(1, function(x) roi.model { name = "inner" } return x end))
return model
