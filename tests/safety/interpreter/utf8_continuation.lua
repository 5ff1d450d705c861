-- expect status: 1
-- expect error: utf8_continuation.lua:9: right
-- Defect 7 of Lua 5.4.4: bytes that continue nothing; and positions at the ends of whole numbers.
for _, s in ipairs { "\x80", "ab\x80", "\xff", "\xf8\x88\x80\x80", "\xe4\xb8", "\xf7\xbf\xbf\xbf" } do
  pcall(function() for _ in utf8.codes(s) do end end)
  assert(utf8.len(s) == nil)
end
for _, n in ipairs { math.mininteger, math.maxinteger, 0, -1, 5 } do pcall(utf8.offset, "a\x80b", n, n) pcall(utf8.codepoint, "ab", n, n) end
error(not pcall(utf8.char, 1 << 31) and "right" or "wrong")
