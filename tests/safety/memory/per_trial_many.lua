-- expect status: 3
-- expect error: script memory of 64M used up; raise it with --script-memory
-- args: --script-memory 64M --threads 1
-- In a worker, before its first trial: what many functions are given, of which one trial each is kept.
local roi = require "roisim"
local model = roi.model { name = "per trial", horizon = 65535 }
local s, b = roi.each_period(roi.uniform(0, 1)), 0
for i = 1, 80 do b = b + roi.per_trial("b" .. i, function(_, a) return a[1] end, s, s, s, s, s, s, s) end
model.outputs.b = b
return model
