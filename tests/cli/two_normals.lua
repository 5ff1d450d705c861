-- Two choices with normal outcomes: what is known of their difference can be worked out by hand.
local roi = require "roisim"
local m = roi.model { name = "Two normals" }
local x = m.inputs
x.gain = roi.normal(10, 3)
x.cost = roi.normal(4, 4)
m.outputs.value = x.gain - x.cost
m:scenario("bolder", { gain = roi.normal(11, 5) })
m:scenario("other", { gain = x.gain, cost = roi.normal(3, 1):truncate(-100, 100) })
return m
