-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- Short coroutines, each of which catches its own end.
while true do
  local step = coroutine.wrap(function() pcall(coroutine.yield) error("end") end)
  step()
  pcall(step)
end
