-- expect status: 1
-- expect error: data_zero.lua:4:
local roi = require "roisim"
return roi.data("numbers.csv\0.txt")
