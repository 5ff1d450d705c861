-- expect status: 1
-- expect error: data_own.lua:5:
-- A model's own text is no secret from it; it is no data either.
local roi = require "roisim"
return roi.data("data_own.lua")
