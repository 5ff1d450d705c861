-- expect status: 1
-- expect error: per_trial_memo.lua:8: per_trial function 'number', trial
-- args: --trials 20000 --threads 2
-- Each argument keeps the number that it was given when it was seen first.
local roi = require "roisim"
local model = roi.model { name = "memo" }
local seen, n, load = {}, 0, roi.uniform(0, 1)
model.outputs.x = roi.per_trial("number", function(_, at)
  if not seen[at] then
    n = n + 1
    seen[at] = n
  end
  return seen[at]
end, load)
return model
