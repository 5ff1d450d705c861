-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- Each coroutine ends before its instructions count.
while true do
  local co = coroutine.create(function() coroutine.yield() end)
  coroutine.resume(co)
end
