-- expect status: 1
-- expect error: 'pipe.csv' is a pipe; only regular files are read
-- setup: mkfifo pipe.csv
local roi = require "roisim"
return roi.data("pipe.csv")
