-- expect status: 0
-- expect error: warning: long_names.lua:5: unit, doc and source describe inputs
local roi = require "roisim"
local model = roi.model { name = ("n"):rep(1 << 20) }
model.outputs[("o"):rep(1 << 20)] = roi.uniform(0, 1):name(("d"):rep(1 << 20)):doc(("x"):rep(1 << 20))
return model
