-- expect status: 3
-- expect error: per_trial function 'spin', in one trial: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- In a worker, inside one call of a C function.
local roi = require "roisim"
local model = roi.model { name = "per trial" }
model.outputs.x = roi.per_trial("spin", function() return (("a"):rep(60)):find((".-"):rep(30) .. "b") and 1 or 0 end)
return model
