local roi = require "roisim"
return { share = function(t) return roi.curve.csv(t, { file = "adoption.csv", column = "share", time = "month" }) end }
