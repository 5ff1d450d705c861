-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- A comparison that sorts the list that is being sorted.
local list = {}
local function less(a, b)
  pcall(table.sort, list, less)
  return a < b
end
for i = 1, 50 do list[i] = i end
table.sort(list, less)
