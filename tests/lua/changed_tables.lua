---- a kpi's value is that of the call
local spec = { dimension = "operational", value = 1, target = 5, by = 6 }
model:kpi("ok_value", spec)
spec.value = 0
return model
---- a kpi's targets and dates are those of the call
local targets, dates = { 5, 6 }, { 6, 12 }
model:kpi("waits", { dimension = "operational", value = 1, target = targets, by = dates })
targets[1], targets[2], dates[1], dates[2] = 7, 8, 1, 2
-- expect: waits   6              >= 5   1    1    1   0%
-- expect: waits  12              >= 6   1    1    1   0%
return model
---- a budget's ceilings are those of the call
local ceilings = { 600, 700, 800, 900 }
model:budget("one", { ceiling = ceilings, every = "quarter" })
model:cost("c", 200, { every = "month" })
ceilings[1], ceilings[2], ceilings[3], ceilings[4] = 5, 5, 5, 5
-- expect: one            quarter  2,400       0%           never        3    100.0%
return model
---- the weights of a shared cost are those of the call
local weights = { u = 1, v = 1 }
model:cost("c", 5, { every = "month", spread = weights })
model:usage("d", { units = 1, price = 5, every = "month", spread = weights })
weights.u = 0
local u, v = model:use_case("u"), model:use_case("v")
u:cost("own", 1, { every = "month" })
v:cost("own", 1, { every = "month" })
model.outputs.ok_spread = roi.eq(u.npv, -72)
return model
---- a terminal value is that of the call
local roi = require "roisim"
local terminal = { value = 50000 }
local model = roi.model { terminal = terminal }
terminal.value = 0
model:benefit("b", 1, { every = "month" })
model.outputs.ok_terminal = roi.eq(model.npv, 50012)
return model
---- the sources of a use case are those of the call
local sources = { "CRM", "mail" }
local u = model:use_case("u", { sources = sources })
u:benefit("b", 1, { every = "month" })
sources[1] = "ERP"
-- args: --json -
-- expect: 			"sources":	"CRM, mail"
return model
---- a table that answers otherwise each time is asked once
local asked = 0
local spec = setmetatable({}, { __index = function(_, field)
  if field ~= "value" then return ({ dimension = "operational", target = 5, by = 6 })[field] end
  asked = asked + 1
  return asked
end })
model:kpi("ok_value", spec)
return model
