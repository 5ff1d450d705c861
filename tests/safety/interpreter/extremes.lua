-- expect status: 1
-- expect error: extremes.lua:30: every call came back
-- args: --script-time 20
-- The ends of whole numbers, not a number and infinity, given to every stock function at every place.
local ends = { math.mininteger, math.mininteger + 1, -1, 0, 1, math.maxinteger - 1, math.maxinteger, 0 / 0, 1 / 0, -1 / 0, 2 ^ 53, 2 ^ 63, "x",
  "%", "[", "%f", "%b", "(", "(()", "%q", "%99s", "\0", {}, function() end, true }
local calls = 0
-- What runs for ever on such numbers, each in one call, has tests of its own.
local long = { rep = true, move = true, insert = true, remove = true, concat = true, unpack = true, error = true, print = true, require = true,
  pcall = true, xpcall = true }
local function try(f, ...)
  calls = calls + 1
  pcall(f, ...)
end
for _, library in ipairs { string, table, math, utf8, _G } do
  for name, f in pairs(library) do
    if type(f) == "function" and not long[name] then
      for _, a in ipairs(ends) do
        try(f, a)
        for _, b in ipairs(ends) do
          try(f, a, b)
          try(f, "abc", a, b)
          try(f, { 1, 2 }, a, b)
        end
      end
    end
  end
end
assert(calls > 50000)
error("every call came back")
