-- expect status: 3
-- expect error: script memory of 32M used up; raise it with --script-memory || script time of 0.2 s used up; raise it with --script-time
-- args: --script-memory 32M --script-time 0.2
-- Each refusal is caught, and what was got is kept.
local kept = {}
while true do
  pcall(function()
    while true do kept[#kept + 1] = ("x"):rep(1 << 16) .. #kept end
  end)
end
