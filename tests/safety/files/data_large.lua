-- expect status: 1
-- expect error: 'large.csv' has 1073741824 bytes; at most 16 MB are read
-- setup: truncate -s 1G large.csv
local roi = require "roisim"
return roi.data("large.csv")
