-- expect status: 1
-- expect error: error_zero.lua:4: first
-- A zero byte, and lines behind it.
error("first\0second\nthird")
