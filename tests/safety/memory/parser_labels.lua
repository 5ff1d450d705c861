-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- Each goto is compared with each label.
local parts = {}
for i = 1, 200000 do parts[i] = ("do goto l%d end ::l%d::"):format(i + 1, i) end
return load(table.concat(parts))
