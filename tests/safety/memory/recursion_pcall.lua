-- expect status: 1
-- expect error: recursion_pcall.lua:8: survived
-- Each level catches what the next one could not bear.
local function deep()
  local ok = pcall(deep)
  return ok
end
for _ = 1, 3 do deep() end error("survived")
