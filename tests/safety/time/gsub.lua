-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
return (("a"):rep(60):gsub(("a?"):rep(60) .. "b", ""))
