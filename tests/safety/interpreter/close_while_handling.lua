-- expect status: 1
-- expect error: close_while_handling.lua:14: survived
-- A defect of Lua 5.4.7: a coroutine is closed that was left inside xpcall, and what it closes fails.
for _ = 1, 100 do
  local co = coroutine.create(function()
    xpcall(function()
      local guard <close> = setmetatable({}, { __close = function() error(("x"):rep(100)) end })
      local other <close> = setmetatable({}, { __close = function() error({}) end })
      coroutine.yield()
    end, function(e) return e end)
  end)
  coroutine.resume(co)
  coroutine.close(co)
end error("survived")
