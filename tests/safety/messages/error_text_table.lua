-- expect status: 1
-- expect error: error_text_table.lua:4: the error value is a table instead of a text || error_text_table.lua:4: 
-- A __tostring that gives no text.
error(setmetatable({}, { __tostring = function() return {} end }))
