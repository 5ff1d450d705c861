-- expect status: 1
-- expect error: weak_tables.lua:12: the same in every run
-- When something is collected shows in weak tables: it depends on the script's own allocations alone.
local weak, n = setmetatable({}, { __mode = "v" }), 0
for i = 1, 20000 do
  weak[i] = { i }
end
for i = 1, 20000 do
  n = n + (weak[i] and 1 or 0)
end
assert(n > 0)
error("the same in every run")
