-- expect status: 1
-- expect error: library_tables.lua:16: none could be changed
-- Every table that can be reached from the library, however deep.
local roi, seen, n = require "roisim", {}, 0
local function try(t)
  if seen[t] then return end
  seen[t] = true
  n = n + 1
  assert(not pcall(function() t.hacked = 1 end) and not pcall(rawset, t, "hacked", 1) and not pcall(table.insert, t, 1))
  pcall(function()
    for _, v in pairs(t) do
      if type(v) == "table" then try(v) end
    end
  end)
end
for _, t in ipairs { roi, roi.curve, roi.process, string, table, math, utf8, coroutine } do try(t) end error("none could be changed")
