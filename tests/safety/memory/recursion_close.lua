-- expect status: 1
-- expect error: C stack overflow || stack overflow
-- What is to be closed opens the next.
local function deep()
  local guard <close> = setmetatable({}, { __close = deep })
end
deep()
