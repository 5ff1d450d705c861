-- expect status: 1
-- expect error: format_zero.lua:6: no addresses
-- A zero byte in a format ends nothing.
assert(not pcall(string.format, "\0%p", print) and not pcall(string.format, "%d\0%p", 1, print))
assert(("\0%s"):format({}) == "\0table" and ("%s\0%%\0%s"):format(print, {}) == "function\0%\0table")
error("no addresses")
