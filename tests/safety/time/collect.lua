-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- Finalizers are refused, weak tables are not: each collection has all of this to clear.
local weak = setmetatable({}, { __mode = "k" })
while true do
  local key = {}
  weak[key] = { key }
end
