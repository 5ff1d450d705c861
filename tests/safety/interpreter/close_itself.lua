-- expect status: 1
-- expect error: close_itself.lua:11: cannot close a running coroutine
-- Coroutines that close, resume and wrap themselves and what runs them.
local main = coroutine.running()
local co
co = coroutine.create(function()
  assert(not pcall(coroutine.close, main))
  assert(not coroutine.resume(co) and not coroutine.resume(main))
  local again = coroutine.wrap(function() return coroutine.resume(co) end)
  assert(not again())
  coroutine.close(co)
end)
local ok, why = coroutine.resume(co)
error(why, 0)
