-- expect status: 1
-- expect error: clock.lua:8: there is none
-- No clock, no processor time, no size of memory.
assert(os == nil and not pcall(function() return math.random end))
for _, name in ipairs { "clock", "time", "date", "getenv", "collectgarbage", "gcinfo", "randomseed" } do
  assert(_G[name] == nil and string[name] == nil)
end
error("there is none")
