-- expect status: 3
-- expect error: tostring.lua:5: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- An error value that never becomes a text.
local value = setmetatable({}, { __tostring = function() while true do end end })
error(value)
