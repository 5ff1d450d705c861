-- expect status: 3
-- expect error: script memory of 32M used up; raise it with --script-memory
-- args: --script-memory 32M --script-time 50
local part = ("x"):rep(1 << 20)
return table.concat(setmetatable({}, { __len = function() return 1 << 20 end, __index = function() return part end }))
