-- Tickets that wait for one agent: what a graph can't say, so that each trial calls the script.
local roi = require "roisim"
local model = roi.model { name = "Waiting", horizon = 12, period = "month" }
local x = model.inputs
x.load = roi.uniform(0.5, 0.95)
x.value = roi.pert(10, 20, 40)
local wait = roi.per_trial("wait", function(rng, load)
  local waits, free = 0, 0
  for i = 1, 40 do
    local arrival = i / load
    if free < arrival then free = arrival end
    waits = waits + free - arrival
    free = free + 2 * rng:uniform()
  end
  return waits / 40
end, x.load)
model:cost("waiting", wait * x.value, { every = "month" })
model:benefit("tickets", x.load * 400, { every = "month" })
return model
