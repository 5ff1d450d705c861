-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- Everything from 1 to 2^60 is moved up by one.
table.insert(setmetatable({}, { __len = function() return 1 << 60 end, __newindex = {} }), 1, "first")
