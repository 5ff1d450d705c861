-- expect status: 1
-- expect error: C stack overflow || overflow
return assert(load("return " .. ("{"):rep(100000)))
