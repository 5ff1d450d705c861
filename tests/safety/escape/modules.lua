-- expect status: 1
-- expect error: modules.lua:9: none of them is a module
for _, name in ipairs { "io", "os", "debug", "package", "ffi", "jit", "socket", "posix", "lfs", "string", "_G", "roisim.native", "native" } do
  local ok, why = pcall(require, name)
  assert(not ok and why:find("there is no module", 1, true), name)
end
local ok, why = pcall(require, ("x"):rep(5000))
assert(not ok and #why < 1000)
error("none of them is a module")
