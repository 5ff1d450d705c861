-- expect status: 3
-- expect error: close_errors.lua:6: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- What is closed while an error passes begins again with the error.
local function again()
  while true do local guard <close> = setmetatable({}, { __close = function() end }) end
end
local guard <close> = setmetatable({}, { __close = again })
error("now")
