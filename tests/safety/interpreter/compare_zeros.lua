-- expect status: 1
-- expect error: compare_zeros.lua:11: right
-- A defect of Lua 5.4.6: texts with zero bytes are read beyond their end when they are compared.
local list = {}
for i = 0, 60 do
  list[#list + 1] = ("\0"):rep(i)
  list[#list + 1] = ("a\0"):rep(i) .. "b"
  list[#list + 1] = ("a"):rep(i) .. "\0"
end
table.sort(list)
for i = 2, #list do assert(not (list[i] < list[i - 1])) end error("right")
