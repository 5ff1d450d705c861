-- expect status: 0
-- expect error: 
-- args: compare --trials 10
-- Under a scenario the script runs twice, the first time in a Lua that is closed when the second begins.
local roi = require "roisim"
local model = roi.model { name = "twice" }
model.inputs.price = roi.uniform(1, 2)
model:scenario("low", { price = model.inputs.price / 2 })
local co = coroutine.create(function()
  local guard <close> = setmetatable({}, { __close = function() while true do end end })
  coroutine.yield()
end)
coroutine.resume(co)
model.outputs.x = model.inputs.price
return model
