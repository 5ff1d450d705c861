-- expect status: 3
-- expect error: coroutine.lua:5: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
local co = coroutine.wrap(function()
  while true do end
end)
co()
