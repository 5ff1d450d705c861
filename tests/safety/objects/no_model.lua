-- expect status: 1
-- expect error: return model
local x = 1
