-- Borders of tables with holes, which the places of other keys decide.
local roi = require "roisim"
local model = roi.model { name = "holes" }
local sum = 0
for n = 1, 200 do
  local t = {}
  for i = 1, 4 + n % 9 do t["k" .. n .. "_" .. i] = i end
  for i = 1, 40 do
    t[i * 7 % 41] = i
    if i % 3 == 0 then t["z" .. i] = 1 end
  end
  for i = 3, 40, 5 do t[i] = nil end
  t.a, t.b, t[50] = 1, 2, 3
  sum = (sum * 31 + #t) % 1000003
end
model.outputs.sum = roi.normal(sum, 1)
return model
