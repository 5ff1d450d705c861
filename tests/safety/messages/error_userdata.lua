-- expect status: 1
-- expect error: error_userdata.lua:4:
local roi = require "roisim"
roi.model { name = "x" } error(roi.normal(0, 1))
