-- expect status: 1
-- expect error: sort_lying.lua:11: every sort came to an end
-- A comparison that says yes to everything, no to everything, or now this and now that.
local list = {}
for i = 1, 3000 do list[i] = i * 7919 % 3001 end
local n = 0
for _, lie in ipairs { function() return true end, function() return false end, function() n = n + 1 return n % 3 == 0 end } do
  table.sort(list, lie)
  assert(#list == 3000)
end
error("every sort came to an end")
