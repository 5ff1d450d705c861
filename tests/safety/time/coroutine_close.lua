-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- A coroutine that is closed runs what it has put off.
local co = coroutine.create(function()
  local guard <close> = setmetatable({}, { __close = function() while true do pcall(error) end end })
  coroutine.yield()
end)
coroutine.resume(co)
coroutine.close(co)
