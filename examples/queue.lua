-- A help line with two people: how much waiting does an assistant save that answers part of the calls? A queue can't be written
-- as a formula, so it is played call by call in plain Lua, once a trial.
local roi = require "roisim"
local model = roi.model { name = "Help line", horizon = 12, period = "month", discount_rate = 0.08, currency = "EUR" }
local x = model.inputs

x.calls   = roi.between(14, 22):unit("calls/hour"):doc("in the busy two hours of a day")
x.minutes = roi.between(4, 7):unit("minutes"):doc("of a person, a call")
x.share   = roi.share(0.15, 0.40):doc("calls that the assistant answers alone")
x.value   = roi.between(6, 18):unit("EUR/hour"):doc("of a caller's hour not spent waiting")
x.licence = roi.triangular(80, 100, 150):unit("EUR/month")

local hours = 2

-- Minutes of waiting that a day's calls save. The calls come and take the same time with and without the assistant, so
-- only the assistant makes the difference.
local function minutes_saved(rng, calls, minutes, share)
  local free = { { 0, 0 }, { 0, 0 } }           -- when each person is free again: without, with the assistant
  local now, saved = 0, 0
  while true do
    now = now - 60 / calls * roi.log(rng:uniform())
    if now > hours * 60 then return saved end
    local takes, answered = -minutes * roi.log(rng:uniform()), rng:uniform() < share
    for case, people_free in ipairs(free) do
      if not (case == 2 and answered) then
        local first = people_free[1] <= people_free[2] and 1 or 2
        local start = math.max(now, people_free[first])
        people_free[first] = start + takes
        saved = saved + (case == 1 and 1 or -1) * (start - now)
      end
    end
  end
end

local saved = roi.per_trial("minutes saved", minutes_saved, x.calls, x.minutes, x.share)
local days = 21

model:cost("set-up", roi.at(0, 800))
model:cost("licence", x.licence, { every = "month" })
model:benefit("waiting saved", saved * days / 60 * x.value, { every = "month" })

model.outputs["minutes saved a day"] = saved

return model
