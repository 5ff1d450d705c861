-- expect status: 1
-- expect error: stack overflow
-- Through functions of the library that call back.
local roi = require "roisim"
local model = roi.model { name = "deep" }
local function deep() return roi.recur(1, deep) end
model.outputs.x = roi.last(deep())
return model
