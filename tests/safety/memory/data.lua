-- expect status: 3
-- expect error: script memory of 16M used up; raise it with --script-memory
-- args: --script-memory 16M --script-time 50
-- Tables of numbers in the graph.
local roi = require "roisim"
local model = roi.model { name = "data" }
local list = {}
for i = 1, 1e5 do list[i] = i end
for i = 1, 1e4 do list[1] = -i roi.empirical(list) end
return model
