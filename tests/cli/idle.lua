-- A gate that every trial passes, and one that none does.
local roi = require "roisim"
local model = roi.model { name = "Idle gates", horizon = 12 }
for name, threshold in pairs { always = -99, never = 99 } do
  local u = model:use_case(name)
  u.inputs.gain = roi.uniform(0, 2)
  local pilot = u:pilot { periods = 2, reads = { gain = { of = u.inputs.gain, sd = 1, n = 4 } } }
  local gate = u:gate { after = pilot, continue_if = roi.ge(pilot.gain, threshold) }
  u:benefit("gain", u.inputs.gain * roi.ge(model.time, gate.next))
  u:cost("run", roi.ge(model.time, gate.next))
end
return model
