-- expect status: 1
-- expect error: C stack overflow || overflow
return assert(load(("do "):rep(100000)))
