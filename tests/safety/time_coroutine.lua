-- expect status: 3
-- expect error: time_coroutine.lua:5: script time of 0.5 s used up; raise it with --script-time
-- args: --script-time 0.5
local co = coroutine.wrap(function()
  while true do end
end)
co()
