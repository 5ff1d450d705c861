-- expect status: 1
-- expect error: error_in_handler.lua:10: survived
-- args: --script-time 50
-- Defect 4 of Lua 5.4.4 (CVE-2022-33099): errors with long texts while the C stack overflows in error handling.
local long = ("x"):rep(1000)
local function f(x) return 1 + f(long .. tostring(x)) .. long end
for _ = 1, 3 do
  xpcall(f, function(x) return f(x) .. long end, long)
end
error("survived")
