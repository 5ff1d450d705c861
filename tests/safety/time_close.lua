-- expect status: 3
-- expect error: time_close.lua:5: script time of 0.5 s used up; raise it with --script-time
-- args: --script-time 0.5
-- A variable that is closed while an error passes.
local function spin() while true do end end
local guard <close> = setmetatable({}, { __close = spin })
error("now")
