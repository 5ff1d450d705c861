-- Tables in data files: lines of cells, separated by commas or, where the first line has none, by semicolons. A piece of
-- lua/roisim.lua, which calls the function returned here with the native functions and its helpers; it gives back rows_of.
return function(native, helpers)

local failf = helpers.failf

-- The cells of a line, quoted as RFC 4180 has it or plain; white space around them does not count. file, number: where it stands.
local function cells_of(text, separator, file, number)
  local list, at = {}, 1
  while true do
    local cell, after = text:match('^%s*"([^"]*)"%s*()', at)
    if cell then
      while text:sub(after, after) == '"' do -- a quote within is doubled
        local more, next_after = text:match('^"([^"]*)"%s*()', after)
        if not more then break end
        cell, after = cell .. '"' .. more, next_after
      end
      local rest = text:match("^[^" .. separator .. "]+", after)
      if rest then failf("%s, row %d: text after a closing quote, '%s': a quote within a cell is doubled", file, number, rest) end
    else
      cell, after = text:match("^([^" .. separator .. "]*)()", at)
      cell = cell:match("^%s*(.-)%s*$")
    end
    list[#list + 1] = cell
    if text:sub(after, after) ~= separator then return list end
    at = after + 1
  end
end

-- The lines of a file that are not empty, each with its number.
local function rows_of(name)
  local text, rows, number = native.read(name):gsub("^\239\187\191", ""), {}, 0
  local separator
  for line in text:gmatch("([^\n]*)\n?") do
    number = number + 1
    line = line:gsub("\r$", "")
    if line:find("[^%s,;]") then
      separator = separator or not line:find(",") and line:find(";") and ";" or ","
      rows[#rows + 1] = { line = number, cells = cells_of(line, separator, name, number) }
    end
  end
  return rows
end

return rows_of
end
