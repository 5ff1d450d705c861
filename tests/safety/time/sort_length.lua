-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time || script memory of 64M used up; raise it with --script-memory
-- args: --script-time 0.2 --script-memory 64M
table.sort(setmetatable({}, { __len = function() return (1 << 31) - 2 end }))
