-- expect status: 3
-- expect error: script memory of 32M used up; raise it with --script-memory
-- args: --script-memory 32M --script-time 50
local t = { 1 }
while true do
  for i = 1, #t do t[#t + 1] = i end
end
