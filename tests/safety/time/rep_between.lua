-- expect status: 3
-- expect error: script time of 0.2 s used up; raise it with --script-time
-- args: --script-time 0.2
-- Nothing, with nothing between, 2^62 times.
return (""):rep(1 << 62, "")
