-- expect status: 1
-- expect error: attempt to yield across a C-call boundary
-- Callbacks of C functions that yield, change what is gone through, or call themselves.
local list = {}
for i = 1, 100 do list[i] = i end
pcall(table.sort, list, function(a, b) list[#list + 1] = 0 list[a] = nil return a < b end)
local text = ("x"):rep(10):gsub("x", function()
  local inner = coroutine.wrap(function() coroutine.yield("y") end)
  return inner() .. ("z"):gsub("z", { z = "w" })
end)
local ok, why = pcall(coroutine.wrap(function() return ("x"):gsub("x", coroutine.yield) end))
error(text == ("yw"):rep(10) and why or "wrong", 0)
