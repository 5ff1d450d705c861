-- expect status: 3
-- expect error: pcall.lua:6: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- The limit can't be caught and worked on after.
while true do
  pcall(function() while true do end end)
end
