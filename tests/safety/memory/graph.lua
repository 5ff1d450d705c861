-- expect status: 3
-- expect error: graph.lua:8: script memory of 16M used up; raise it with --script-memory
-- args: --script-memory 16M --script-time 50
-- Memory of the graph, not of Lua.
local roi = require "roisim"
local model = roi.model { name = "large" }
local x = roi.normal(0, 1)
for i = 1, 1e8 do x = x + i end
return model
