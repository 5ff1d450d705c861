-- expect status: 1
-- expect error: C stack overflow || stack overflow
-- Text that loads itself while it is being loaded.
local function again() return load(again)() end
again()
