-- Outputs whose means are 0, for tests/bench/integrand_errors.sh: what is additive, smooth, has a kink, has a step.
local roi = require "roisim"
local model = roi.model { name = "Integrands of five inputs" }
local x = model.inputs
local sum, product, normals = 0, 1, 0
for i = 1, 5 do
  x["u" .. i] = roi.uniform(0, 1)
  x["z" .. i] = roi.normal(0, 1)
  sum = sum + x["u" .. i]
  product = product * (0.5 + x["u" .. i])
  normals = normals + x["z" .. i]
end
model.outputs.additive = sum - 2.5
model.outputs.smooth = product - 1
model.outputs.kink = roi.max(normals, 0) - math.sqrt(5 / (2 * math.pi))
model.outputs.step = roi.where(roi.gt(sum, 2.5), 0.5, -0.5)
return model
