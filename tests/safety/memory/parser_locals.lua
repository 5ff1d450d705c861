-- expect status: 1
-- expect error: too many local variables (limit is 200)
return assert(load(("local x "):rep(100000)))
