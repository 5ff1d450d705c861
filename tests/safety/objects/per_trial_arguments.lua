-- expect status: 1
-- expect error: per_trial_arguments.lua:9: per_trial function 'b' takes 4295032830 numbers a trial; at most 524279 are possible
-- More numbers than 32 bits count: what is left of them there would be within the limit.
local roi = require "roisim"
local model = roi.model { name = "arguments", horizon = 65535 }
local s, a = roi.each_period(roi.uniform(0, 1)), {}
for i = 1, 65538 do a[i] = s end
local first = function(_, x) return x[1] end
model.outputs.b = roi.per_trial("b", first, table.unpack(a))
return model
