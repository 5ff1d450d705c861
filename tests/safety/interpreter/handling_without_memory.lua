-- expect status: 3
-- expect error: script memory of 16M used up; raise it with --script-memory || script time of 0.3 s used up; raise it with --script-time
-- args: --script-memory 16M --script-time 0.3
-- A defect of Lua 5.4.7: the text "error in error handling" needs memory where there is none.
local kept = {}
local function fill()
  while true do kept[#kept + 1] = ("y"):rep(50) .. #kept end
end
pcall(fill)
local function handler() return handler() .. kept end
while true do
  xpcall(fill, handler)
  xpcall(error, handler, {})
end
