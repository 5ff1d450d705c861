-- expect status: 3
-- expect error: script memory of 16M used up; raise it with --script-memory || script time of 0.3 s used up; raise it with --script-time
-- args: --script-memory 16M --script-time 0.3
-- A defect of Lua 5.4.7: what a weak metatable holds is collected while a table is being set, when memory is short.
local kept = {}
while true do
  local t = setmetatable({}, setmetatable({ __mode = "kv", __newindex = {}, __index = {} }, { __mode = "kv" }))
  for i = 1, 50 do t[i] = ("x"):rep(i * 20) .. #kept end
  kept[#kept + 1] = t.x or t
end
