-- expect status: 1
-- expect error: caught.lua:8: still running, and still within the limit
-- args: --script-memory 64M
-- A refusal of memory may be caught; the limit stays.
for i = 1, 20 do
  local ok, why = pcall(string.rep, "x", 1 << 30)
  assert(not ok and why == "not enough memory")
  if i == 20 then error("still running, and still within the limit") end
end
