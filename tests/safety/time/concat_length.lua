-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- A table that says it has 2^60 texts, all of them empty.
return table.concat(setmetatable({}, { __len = function() return 1 << 60 end, __index = function() return "" end }))
