-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- A handler that is entered again from itself, in a coroutine: "C stack overflow (again)" of Lua's own tests.
local handler
function handler() return 10 + xpcall(nil, handler) end
while true do coroutine.resume(coroutine.create(function() xpcall(nil, handler) end)) end
