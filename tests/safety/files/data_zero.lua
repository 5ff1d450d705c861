-- expect status: 1
-- expect error: data_zero.lua:4: the name 'numbers.csv' has a zero byte at position 12
local roi = require "roisim"
return roi.data("numbers.csv\0.txt")
