-- expect status: 1
-- expect error: absent.lua:9: none of them is there
for _, name in ipairs { "io", "os", "debug", "package", "collectgarbage", "dofile", "loadfile", "loadstring", "module" } do
  assert(_ENV[name] == nil, name)
  assert(_G[name] == nil, name)
  assert(load("return " .. name)() == nil, name)
end
assert(string.dump == nil and getmetatable("") == false and rawget(_ENV, "io") == nil)
error("none of them is there")
