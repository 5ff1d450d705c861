-- expect status: 1
-- expect error: env_const.lua:5: attempt to index a number value || env_const.lua:5: attempt to index
-- Defect 2 of Lua 5.4.4: wrong code where the environment is a constant.
local _ENV <const> = 1
x = y
