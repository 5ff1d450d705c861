-- expect status: 1
-- expect error: random.lua:3: math.random is not available: randomness comes from distributions
local x = math.random()
