-- model:correlate: draws that depend on each other. A piece of lua/roisim.lua, loaded at the first call of model:correlate; it gives back
-- what collects the pairs while the script runs and hands them over at its end.
--
-- Pairs wait until then because names may stand for draws that the script has not made yet, and because a draw takes part as
-- it is in the end: naming or truncating it comes first.
return function(native, helpers)

local type, ipairs, pairs, rawequal, tonumber = type, ipairs, pairs, rawequal, tonumber
local format, concat = string.format, table.concat
local failf, hint, check_options, names_of = helpers.failf, helpers.hint, helpers.check_options, helpers.names_of
local rows_of = helpers.rows_of
local shape, describe, place = native.shape, native.describe, native.place

local kinds = { spearman = 0, pearson = 1 }
local advice = "write model:correlate { { x.a, x.b, 0.6 }, { x.a, x.c, -0.3 } }"

local waiting = {}   -- { a =, b =, rho =, kind =, file =, line =, where = }; a and b are draws or names
local replaced = helpers.replaced -- what --set made no draw of, and is correlated with nothing: model.lua notes it

-- As %g, unless that would show a number past 1 as 1; nan without the sign that processors give it.
local function show(rho)
  if rho ~= rho then return "nan" end
  local short = format("%g", rho)
  return (short == "1" or short == "-1") and format("%.17g", rho) or short
end

-- What is said of a number, or of a text such as "-60%", that may be meant in percent.
local function in_percent(x)
  if type(x) == "string" then
    local number = tonumber(x:match("^%s*(-?%d+%.?%d*)%s*%%%s*$"))
    return number and number >= -100 and number <= 100 and format(" (%g%% is written %g)", number, number / 100) or ""
  end
  return (x > 1 and x <= 100 or x < -1 and x >= -100) and format(" (%g%% is written %g)", x, x / 100) or ""
end

local function check_number(where, rho)
  if type(rho) ~= "number" then
    failf("%s: the correlation must be a plain number from -1 to 1, not %s%s", where, describe(rho),
      type(rho) == "string" and in_percent(rho) or "")
  end
  if not (rho >= -1 and rho <= 1) then
    failf("%s: correlation %s is not between -1 and 1%s", where, show(rho), in_percent(rho))
  end
end

-- A draw, or a name that stands for one: what can be said at once.
local function check_member(where, v)
  if type(v) == "string" and v ~= "" or native.is_draw(v) then return v end
  local s = shape(v) -- this would draw it
  if s == "number" and replaced[v] then return replaced[v] end
  if s == "number" then
    failf("%s: %s is a plain number, and only draws can be correlated: give what a distribution gave, such as x.price", where,
      describe(v))
  elseif not s then
    failf("%s: a draw or its name is needed, not %s; %s", where, describe(v), advice)
  end
  if not replaced[v] then
    failf("%s: %s is computed from others, and only draws can be correlated: correlate those it is computed from", where,
      describe(v))
  end
  return replaced[v]
end

local function add_pair(where, a, b, rho, kind)
  local file, line = place()
  waiting[#waiting + 1] = { a = a, b = b, rho = rho, kind = kind, file = file or "", line = line or 0, where = where }
end

local function add_listed(i, pair, kind)
  local where = format("model:correlate, pair %d", i)
  if type(pair) ~= "table" or #pair ~= 3 then
    failf("%s: a pair is { draw, draw, correlation }, not %s; %s", where,
      type(pair) == "table" and format("a list of %d", #pair) or describe(pair), advice)
  end
  local first, second, rho = pair[1], pair[2], pair[3]
  check_number(where, rho)
  local a, b = check_member(where, first), check_member(where, second)
  helpers.whole_list(where, pair)
  if rawequal(a, b) and type(first) ~= "number" then failf("%s: a draw can't be correlated with itself", where) end
  add_pair(where, a, b, rho, kind)
end

-- -- matrices in files

local function read_number(file, row, column, cell)
  local x = not cell:find("[xXnN]") and tonumber(cell)
  if not x then
    failf("%s, row %d, column %d: '%s' is not a number%s", file, row, column, cell,
      cell:find("^%s*-?%d*,%d+%s*$") and "; decimals have a point" or in_percent(cell))
  end
  if not (x >= -1 and x <= 1) then
    failf("%s, row %d, column %d: correlation %s is not between -1 and 1%s", file, row, column, show(x), in_percent(x))
  end
  return x
end

-- The names and the matrix of a file, checked; matrix[i][j] belongs to names[i] and names[j].
local function read_matrix(file)
  local rows = rows_of(file)
  if #rows < 2 then failf("%s: a matrix is needed: a line of names, then one line for each with its name in front", file) end
  local names, lines, matrix, n = {}, {}, {}, #rows[1].cells - 1
  if n < 2 then
    failf("%s: %s in the first line; it takes the names of at least two draws, after an empty cell, and each name again before its numbers",
      file, n == 1 and format("only the name '%s'", rows[1].cells[2]) or "no name")
  end
  for j = 1, n do
    names[j] = rows[1].cells[j + 1]
    if names[j] == "" then failf("%s, row %d, column %d: a name is missing", file, rows[1].line, j + 1) end
    for k = 1, j - 1 do
      if names[k] == names[j] then failf("%s, row %d, column %d: '%s' stands twice", file, rows[1].line, j + 1, names[j]) end
    end
  end
  for i = 1, #rows - 1 do
    local row = rows[i + 1]
    lines[i], matrix[i] = row.line, {}
    if i > n then
      failf("%s, row %d: %d names in the first line, but %d rows: the matrix must be square", file, row.line, n, #rows - 1)
    end
    if #row.cells ~= n + 1 then
      failf("%s, row %d: %d numbers for %d names in the first line: the matrix must be square", file, row.line,
        #row.cells - 1, n)
    end
    if row.cells[1] ~= names[i] then
      failf("%s, row %d, column 1: '%s' where '%s' is expected: rows come in the order of the columns", file, row.line,
        row.cells[1], names[i])
    end
    for j = 1, n do matrix[i][j] = read_number(file, row.line, j + 1, row.cells[j + 1]) end
  end
  if #matrix < n then
    failf("%s: %d names in the first line, but %d row%s: the matrix must be square", file, n, #matrix, #matrix == 1 and "" or "s")
  end
  for i = 1, n do
    if matrix[i][i] ~= 1 then
      failf("%s, row %d, column %d: %g on the diagonal, where 1 belongs", file, lines[i], i + 1, matrix[i][i])
    end
    for j = 1, i - 1 do
      if matrix[i][j] ~= matrix[j][i] then
        failf("%s, row %d, column %d: %g, but row %d, column %d: %g: the matrix must be symmetric", file, lines[i], j + 1,
          matrix[i][j], lines[j], i + 1, matrix[j][i])
      end
    end
  end
  return names, matrix, rows[1].line
end

local function add_matrix(file, kind)
  if type(file) ~= "string" then failf("model:correlate: csv takes the name of a file, not %s", describe(file)) end
  local names, matrix, line = read_matrix(file)
  for i = 1, #names do
    for j = 1, i - 1 do
      add_pair({ format("%s, row %d, column %d", file, line, j + 1), format("%s, row %d, column %d", file, line, i + 1) },
        names[j], names[i], matrix[i][j], kind)
    end
  end
end

-- model:correlate { { a, b, rho }, ..., csv = , kind = }
local function correlate(spec)
  if type(spec) ~= "table" then failf("model:correlate takes a list of pairs, not %s; %s", describe(spec), advice) end
  local options, n = {}, 0
  for key, value in pairs(spec) do
    if type(key) ~= "number" then options[key] = value else n = n + 1 end
  end
  check_options("model:correlate", options, { "csv", "kind" })
  local csv, kind_name = spec.csv, spec.kind
  local kind = kind_name == nil and 0 or kinds[kind_name]
  if not kind then
    failf("model:correlate: kind = %s must be \"spearman\" (of ranks, the default) or \"pearson\" (of normal scores)%s",
      describe(kind_name), type(kind_name) == "string" and native.suggest(kind_name, names_of(kinds)) or "")
  end
  if n ~= #spec then failf("model:correlate: the list of pairs has gaps; %s", advice) end
  if n == 0 and csv == nil then failf("model:correlate: no pairs; %s", advice) end
  if n == 3 and type(spec[3]) == "number" and type(spec[1]) ~= "table" then
    failf("model:correlate takes a list of pairs; %s", advice)
  end
  for i, pair in ipairs(spec) do add_listed(i, pair, kind) end
  if csv ~= nil then add_matrix(csv, kind) end
end

-- -- the end of the script

-- The node of a pair's member, or nil if --set has put a number in its place. where: what to say of an unknown name.
local function node_of(pair, member, where, known)
  if type(member) ~= "string" then
    local node = native.draw_node(member)
    if not node then
      failf("%s%s: the draw became part of another distribution: correlate that one", helpers.place_text(pair.file, pair.line), where)
    end
    return node
  end
  if known[member] == nil then known[member] = native.draw_node(member, true) or false end
  if known[member] then return known[member] end
  if replaced[member] then return nil end
  if native.is_input(member) then
    failf("%s%s: input '%s' is not a draw, and only draws can be correlated", helpers.place_text(pair.file, pair.line), where, member)
  end
  return failf("%s%s: no draw is named '%s'%s", helpers.place_text(pair.file, pair.line), where, member, hint(member, native.draw_names()))
end

-- Hands the pairs over. known: nodes by name, looked up once.
local function close()
  local rows, known, dropped = {}, {}, {}
  for _, p in ipairs(waiting) do
    local two = type(p.where) == "table"
    local a = node_of(p, p.a, two and p.where[1] or p.where, known)
    local b = node_of(p, p.b, two and p.where[2] or p.where, known)
    if a and b then
      rows[#rows + 1] = { a, b, p.rho, p.kind, p.file, p.line }
    else
      local name = a and p.b or p.a
      local key = format("%s:%d %s", p.file, p.line, name)
      if not dropped[key] then
        native.warn(p.file, p.line, format("--set makes '%s' a plain value, so it is not correlated with anything", name),
          "set-plain")
      end
      dropped[key] = true
    end
  end
  if #rows > 0 then native.correlate(rows) end
end

return { correlate = function(_, ...) return correlate(...) end, close = close }
end
