-- expect status: 3
-- expect error: script memory of 32M used up; raise it with --script-memory
-- args: --script-memory 32M --script-time 50
local last
while true do
  local previous = last
  last = function() return previous end
end
