-- expect status: 1
-- expect error: horizon
-- args: --script-memory 32M --script-time 50
local roi = require "roisim"
local model = roi.model { name = "long", horizon = 1e9 }
return model
