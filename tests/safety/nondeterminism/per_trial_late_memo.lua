-- expect status: 1
-- expect error: per_trial_late_memo.lua:8: per_trial function 'kept', trial
-- args: --trials 10000 --threads 3
-- Kept by argument, and wrong from the 1101st on.
local roi = require "roisim"
local model = roi.model { name = "late memo" }
local n, memo, at = 0, {}, roi.uniform(0, 1)
model.outputs.x = roi.per_trial("kept", function(_, a)
  if not memo[a] then
    n = n + 1
    memo[a] = n <= 1100 and a or n / 1e4
  end
  return memo[a]
end, at)
return model
