-- expect status: 3
-- expect error: script memory of 32M used up; raise it with --script-memory || script time of 0.2 s used up; raise it with --script-time
-- args: --script-memory 32M --script-time 0.2
-- Memory is out where the error is handled, too.
local kept = {}
local function grow()
  while true do kept = { kept, kept, kept, kept, kept, kept, kept, kept } end
end
while true do xpcall(grow, grow) end
