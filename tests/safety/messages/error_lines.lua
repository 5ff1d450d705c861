-- expect status: 1
-- expect error: error_lines.lua:4: one\ntwo\r\x0bthree\u2028four || error_lines.lua:4: one\ntwo\x0d\x0bthree
-- Other ends of lines.
error("one\ntwo\r\vthree")
