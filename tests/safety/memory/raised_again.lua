-- expect status: 3
-- expect error: script memory of 32M used up; raise it with --script-memory
-- args: --script-memory 32M --script-time 50
local ok, why = pcall(string.rep, "x", 1 << 30)
error(why, 0)
