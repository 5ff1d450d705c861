-- expect status: 0
-- expect error:
-- expect output: x
-- args: --trials 20000 --threads 2
-- What is kept may be what would be computed anyway.
local roi = require "roisim"
local model = roi.model { name = "memo" }
local seen, load = {}, roi.poisson(5)
model.outputs.x = roi.per_trial("square", function(_, at)
  seen[at] = seen[at] or at * at
  return seen[at]
end, load)
return model
