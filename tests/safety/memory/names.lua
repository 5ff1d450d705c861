-- expect status: 3
-- expect error: script memory of 16M used up; raise it with --script-memory
-- args: --script-memory 16M --script-time 50
-- Texts of the graph: they are no longer Lua's.
local roi = require "roisim"
local model = roi.model { name = "names" }
for i = 1, 1e6 do roi.uniform(0, i):name(("x"):rep(900) .. i) end
return model
