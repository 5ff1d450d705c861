-- expect status: 1
-- expect error: roi.model was called already
-- setup: printf 'local roi = require "roisim"\nreturn roi.model { name = "theirs" }\n' >theirs.lua
-- A library that makes the model, and a script that makes one of its own.
local roi = require "roisim"
local theirs = require "theirs"
local model = roi.model { name = "mine" }
model.outputs.x = theirs.horizon
return model
