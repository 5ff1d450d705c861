-- expect status: 1
-- expect error: error_nil.lua:3: the error value is a nil instead of a text
error(nil)
