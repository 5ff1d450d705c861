-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- Each label is compared with each goto that waits for one.
local parts = { "do " }
for i = 1, 30000 do parts[#parts + 1] = ("do goto l%d end "):format(i) end
for i = 1, 30000 do parts[#parts + 1] = ("::l%d:: do end "):format(i) end
parts[#parts + 1] = "end "
return load(table.concat(parts):rep(20))
