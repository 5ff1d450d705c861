-- expect status: 0
-- expect error:
-- expect output: \x1b[31mred\x07 = 
-- expect output: "\x1bc\u202e\xff"
-- args: explain
-- setup: mv terminal_plan.lua "$(printf 'plan\033[31m.lua')"
-- model: plan[31m.lua
-- The plan, with names of draws, functions, outputs and the file.
local roi = require "roisim"
local model = roi.model { name = "m" }
model.inputs["in\27[2J\u{202e}"] = roi.uniform(0, 1)
local f = roi.per_trial("\27]0;x\7\u{202e}", function(rng, x) return x + rng:uniform() end, model.inputs["in\27[2J\u{202e}"])
model.outputs["\27[31mred\7"] = f + roi.normal(0, 1):name("\27c\u{202e}\255")
return model
