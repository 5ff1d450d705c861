-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
while true do pcall(string.rep, "", 1 << 60) end
