-- expect status: 1
-- expect error: patch_roisim.lua:4: roi can't be changed
local roi = require "roisim"
roi.normal = roi.uniform
