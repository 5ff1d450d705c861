---- values of every kind, dates, baselines, texts
local u = model:use_case("u", { department = "sales" })
u.inputs.effect = roi.uniform(1, 2)
u:benefit("gain", u.inputs.effect, { every = "month" })
u:kpi("scalar", { dimension = "financial", value = u.inputs.effect, target = 1.5 })
u:kpi("number", { dimension = "financial", value = 3, target = 1.5, better = "higher", baseline = 1 })
u:kpi("series", { dimension = "operational", value = u.inputs.effect * t, target = { 3, 6, 9 }, by = { 1, 6, 12 }, better = "lower" })
u:kpi("draw", { dimension = "strategic", value = roi.uniform(0, 1), target = roi.uniform(0, 1), by = 1, baseline = roi.uniform(0, 1) })
u:kpi("condition", { dimension = "governance", value = roi.gt(u.inputs.effect, 1.5), target = 1, baseline = "not looked at" })
u:kpi("output", { dimension = "financial", value = u.npv, target = 12, often = "yearly", owner = "Kim", unit = "EUR", source = "books" })
u:kpi("period", { dimension = "financial", value = u.payback, target = 6, better = "lower" })
model:kpi("scalar", { dimension = "financial", value = model.npv, target = 1 }) -- each part has names of its own
local rival = model:actor("rival")
rival:benefit("sales", u.inputs.effect, { every = "month" })
rival:kpi("scalar", { dimension = "strategic", value = rival.npv, target = 1 })
return model
---- a target that is met already
local u = model:use_case("u")
u:benefit("gain", roi.uniform(1, 2), { every = "month" })
local wait = u.npv
u:kpi("wait", { dimension = "operational", value = wait, baseline = 8, target = 5 }) -- expect warning: kpi 'wait': the target 5 is met by the baseline 8 already; if less is better, say better = "lower"
u:kpi("sales", { dimension = "operational", value = wait, baseline = 8, target = { 9, 8 }, by = { 1, 2 }, better = "higher" }) -- expect warning: kpi 'sales': the target 8 is met by the baseline 8 already
u:kpi("errors", { dimension = "operational", value = wait, baseline = 4, target = 4, better = "lower" }) -- expect warning: kpi 'errors': the target 4 is met by the baseline 4 already
u:kpi("calls", { dimension = "operational", value = wait, baseline = 4, target = 5 })
return model
---- a gate before and after the kpi in the script
-- args: --prob '["u.before"] == ["u.after"]' --prob '["u.before"] == 1'
local near = require "data.near"
local u = model:use_case("u")
u.inputs.effect = roi.normal(0, 1)
u:benefit("gain", 1 + 0 * u.inputs.effect, { every = "month" })
u:kpi("before", { dimension = "financial", value = 5, baseline = 1, target = 2, by = 6 })
u:gate { at = 4, continue_if = roi.gt(u.inputs.effect, 9), oracle = true }
u:kpi("after", { dimension = "financial", value = 5, baseline = 1, target = 2, by = 6 })
model.outputs.ok = near(u.npv, 4)
return model
---- what is watched is a model of its own before anybody has asked what it is worth: its outputs are the KPIs at their last dates
-- args: --outputs u.hours,share --prob '["u.hours"] == 6' --prob 'share == 0.25'
local u = model:use_case("u")
u.inputs.minutes = roi.uniform(30, 30)
local hours = u:free_hours("evenings", { volume = 2 * t, minutes = u.inputs.minutes })
u:kpi("hours", { dimension = "strategic", value = hours, target = { 2, 5 }, by = { 3, 6 } })
model:kpi("share", { dimension = "operational", value = 0.25, target = 0.2 })
return model
