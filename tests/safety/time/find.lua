-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- One call of string.find that backtracks for ever.
local s = ("a"):rep(100)
print(s:find((".-"):rep(30) .. "b"))
