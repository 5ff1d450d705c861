-- expect status: 3
-- expect error: close.lua:5: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- A variable that is closed while an error passes.
local function spin() while true do end end
local guard <close> = setmetatable({}, { __close = spin })
error("now")
