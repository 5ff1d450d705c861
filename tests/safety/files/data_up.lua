-- expect status: 1
-- expect error: data_up.lua:4:
local roi = require "roisim"
return roi.data("../../../etc/passwd")
