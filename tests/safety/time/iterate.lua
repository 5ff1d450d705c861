-- expect status: 3
-- expect error: iterate.lua:5: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- An iterator without end.
for _ in function() return true end do end
