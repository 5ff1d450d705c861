local roi = require "roisim"
return { { 1, roi.uniform(0, 1) }, { 2, roi.uniform(1, 2) } }
