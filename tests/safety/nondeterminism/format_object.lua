-- expect status: 1
-- expect error: format_object.lua:6: no addresses
for _, form in ipairs { "%p", "%-20p", "%5.3p", "%q", "%a", "%i" } do
  assert(not pcall(string.format, form, {}) or form == "%a")
end
error("no addresses")
