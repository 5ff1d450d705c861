-- expect status: 3
-- expect error: handler.lua:5: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- A message handler that does not come back.
xpcall(error, function() while true do end end, "now")
