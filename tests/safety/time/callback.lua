-- expect status: 3
-- expect error: callback.lua:7: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- A function given to the library.
local roi = require "roisim"
local model = roi.model { name = "callback" }
model.outputs.x = roi.last(roi.recur(1, function() while true do pcall(error) end end))
return model
