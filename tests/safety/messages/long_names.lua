-- expect status: 1
-- expect error: long_names.lua:5: output: a name has at most 1000 bytes; this one has 1048576
local roi = require "roisim"
local model = roi.model { name = ("n"):rep(1000) }
model.outputs[("o"):rep(1 << 20)] = roi.uniform(0, 1):name(("d"):rep(1000)):doc(("x"):rep(1 << 20))
return model
