-- expect status: 1
-- expect error: two_models.lua:5: roi.model was called already, on line 4: a script makes one model
-- Values of one model used in another: there is no other.
local roi = require "roisim" local model = roi.model { name = "one" }
local other = roi.model { name = "two" }
