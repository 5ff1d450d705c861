-- expect status: 1
-- expect error: error_table.lua:3: the error value is a table instead of a text
error { code = 7 }
