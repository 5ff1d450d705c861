-- Whether two numbers are equal but for rounding.
local roi = require "roisim"
return function(a, b) return roi.le(roi.abs(a - b), 1e-9 * (1 + roi.abs(b))) end
