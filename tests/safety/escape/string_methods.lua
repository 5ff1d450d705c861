-- expect status: 1
-- expect error: string_methods.lua:9: as before
-- Methods of texts come from a table that nobody can change.
assert(("").dump == nil and (""):rep(0) == "")
assert(not pcall(function() string.rep = nil end) and not pcall(function() ("").rep = nil end))
assert(not pcall(table.insert, string, 1) and not pcall(table.move, { 1 }, 1, 1, 1, string))
assert(not pcall(next, "") and rawget(string, "rep") == nil)
for name, f in pairs(string) do assert(string[name] == f and ("")[name] == f) end
error("as before")
