-- expect status: 0
-- expect error: warning: long_texts.lua:5: unit, doc and source describe inputs
local roi = require "roisim"
local model = roi.model { name = ("n"):rep(1000) }
model.outputs[("o"):rep(1000)] = roi.uniform(0, 1):name(("d"):rep(1000)):doc(("x"):rep(1 << 20))
return model
