-- expect status: 1
-- expect error: the script crashed Lua (segmentation fault) and was stopped || C stack overflow || survived
-- args: --script-time 50
-- Stock Lua 5.4.4 crashes on deeply nested coroutine.close (bug 9 of that version in Lua's list); later ones raise an error.
local co = false
for i = 1, 100000 do
  local previous = co
  co = coroutine.create(function()
    local guard <close> = setmetatable({}, { __close = function() if previous then coroutine.close(previous) end end })
    coroutine.yield()
  end)
  coroutine.resume(co)
end
coroutine.close(co)
error("survived")
