-- expect status: 1
-- expect error: recursion_handler.lua:6: survived
-- Errors while an error is handled, all the way down.
local function f() return 1 + f() end
for i = 1, 3 do xpcall(f, f) end
error("survived")
