-- expect status: 1
-- expect error: close_moves.lua:14: right
-- Defect 5 of Lua 5.4.4: what is closed moves the stack on which results wait.
local function deep(n)
  if n > 0 then return deep(n - 1), n end
end
local function many()
  local a <close> = setmetatable({}, { __close = function() pcall(deep, 5000) end })
  return table.unpack({}, 1, 200)
end
for _ = 1, 20 do assert(select("#", many()) == 200) end
local first, second = (function(...) local a <close> = setmetatable({}, { __close = function() deep(3000) end }) return ... end)(7, 8)
for v in (function() return nil end), nil, nil, setmetatable({}, { __close = function() deep(3000) end }) do error(v) end
error(first == 7 and second == 8 and "right" or "wrong")
