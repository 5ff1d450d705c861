-- expect status: 3
-- expect error: script memory of 32M used up; raise it with --script-memory
-- args: --script-memory 32M --script-time 50
local s = "x"
while true do s = s .. s end
