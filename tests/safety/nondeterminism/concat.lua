-- expect status: 1
-- expect error: concat.lua:8: no addresses
-- Addresses in texts of the interpreter.
local t, f = {}, print
local ok, why = pcall(function() return t .. f end)
assert(not why:find("0x"))
for _, v in ipairs { t, f, coroutine.create(f), coroutine.wrap(f), _G, string } do assert(not tostring(v):find("0x") and not ("%s %q"):format(v, 1):find("0x")) end
error("no addresses")
