-- expect status: 1
-- expect error:
-- expect output: expected.lua:7: script time of 0.2 s used up; raise it with --script-time
-- args: test --script-time 0.2
-- Inside a test's function that is expected to fail.
local roi = require "roisim"
roi.expect("it ends", { of = function() while true do end end, error = "time" })
