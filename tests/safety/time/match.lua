-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- Matching costs the length to the power of the number of stars, caught or not.
while true do pcall(string.match, ("a"):rep(60), ("a*"):rep(30) .. "b") end
