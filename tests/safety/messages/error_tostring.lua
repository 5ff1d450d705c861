-- expect status: 1
-- expect error: error_tostring.lua:3: the error value is a table instead of a text
error(setmetatable({}, { __tostring = function() error("again") end }))
