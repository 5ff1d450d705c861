-- expect status: 1
-- expect error: every_method.lua:20: every call came back
-- args: --script-time 20
local roi = require "roisim"
local model = roi.model { name = "calls", horizon = 3 }
local names = { "cost", "benefit", "saving", "use_case", "pool", "pilot", "gate", "kpi", "budget", "correlate", "risk", "inflate", "phase", "actor",
  "scenario", "assume", "tax", "fund", "flow", "add", "input", "output", "truncate", "clamp", "name", "unit", "doc", "source", "stage", "delay" }
local values = { 0 / 0, -1, 2.5, "x", true, {}, { 1, 2 }, { name = "x", value = 1 }, { "a", "b", 2 }, print, roi.normal(0, 1),
  roi.recur(1, function(x) return x * 2 end), roi, model }
for _, object in ipairs { model, model.inputs, model.outputs, roi.normal(0, 1), roi.uniform(1, 2):name("u") } do
  for _, name in ipairs(names) do
    for _, a in ipairs(values) do
      pcall(function() return object[name](object, a) end)
      for _, b in ipairs(values) do
        pcall(function() return object[name](object, a, b) end)
      end
      pcall(function() object[name] = a end)
    end
  end
end error("every call came back")
