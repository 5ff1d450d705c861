-- expect status: 1
-- expect error: the error value is a table instead of a text
error(setmetatable({}, { __name = ("n"):rep(1 << 20) .. "\27[31m\255" }))
