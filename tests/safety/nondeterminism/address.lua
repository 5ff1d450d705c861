-- expect status: 1
-- expect error: address.lua:8: no addresses
local co = coroutine.create(print)
for _, v in ipairs { {}, print, co, function() end } do
  assert(tostring(v) == type(v) and ("%s"):format(v) == type(v))
end
assert(not pcall(string.format, "%p", {}) and not pcall(string.format, "%s %-20p", 1, {}))
error("no addresses")
