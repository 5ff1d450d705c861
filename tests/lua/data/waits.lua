local roi = require "roisim"
return { numbers = function() return roi.data("waits.csv") end }
