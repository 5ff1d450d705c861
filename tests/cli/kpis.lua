-- KPIs whose values are known: one use case is always stopped after month 4, one never, and the model has none.
local roi = require "roisim"
local model = roi.model { horizon = 12 }
local stopped, goes, t = model:use_case("stopped", { department = "sales" }), model:use_case("goes"), model.time
for i, case in ipairs { stopped, goes } do
  case.inputs.effect = roi.uniform(2 * i - 3, 2 * i - 2) -- below 0 and above
  case:benefit("gain", 3 + 0 * case.inputs.effect, { every = "month" })
  case:gate { at = 4, continue_if = roi.gt(case.inputs.effect, 0), oracle = true }
  case:kpi("response", { goal = "answer sooner", unit = "hours", measured = "log", often = "weekly", source = "CRM", owner = "Kim",
    dimension = "operational", value = 8 - t / 4, baseline = 8, target = { 7, 6.5 }, by = { 4, 8 }, better = "lower" })
  case:kpi("won", { dimension = "strategic", value = roi.uniform(3, 3), baseline = 2, target = 3, by = 6 })
  case:kpi("early", { dimension = "strategic", value = roi.uniform(3, 3), baseline = 2, target = 3, by = { 4, 5 } })
  case:kpi("morale", { dimension = "governance", value = t, baseline = "to be measured", target = 12 })
  case:kpi("unsure", { dimension = "financial", value = 10 + 0 * t, baseline = roi.uniform(9, 9), target = 9.5, by = 5 })
end
model:kpi("net", { dimension = "financial", value = model.npv, target = 48 })
model:kpi("plain", { dimension = "financial", value = 5, target = 6, by = 1 })
return model
