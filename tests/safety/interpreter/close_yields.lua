-- expect status: 1
-- expect error: close_yields.lua:12: right
-- Yields while something is closed and results wait (a defect of Lua 5.4.3).
local co = coroutine.wrap(function(...)
  local a <close> = setmetatable({}, { __close = function() coroutine.yield("closing") end })
  local b <close> = setmetatable({}, { __close = function() coroutine.yield("before") end })
  return ...
end)
local one, two = co(1, 2, 3), co()
local x, y, z = co()
assert(one == "before" and two == "closing")
error(x == 1 and y == 2 and z == 3 and "right" or "wrong")
