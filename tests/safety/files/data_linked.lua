-- expect status: 1
-- expect error: data file 'out.csv' is outside the script's folder
-- setup: ln -s /etc/passwd out.csv
local roi = require "roisim"
return roi.data("out.csv")
