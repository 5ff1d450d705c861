-- expect status: 3
-- expect error: script memory of 64M used up; raise it with --script-memory
-- args: --script-memory 64M
local list = {}
for i = 1, 1e9 do list[i] = { i } end
