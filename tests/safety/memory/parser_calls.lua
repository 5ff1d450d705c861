-- expect status: 1
-- expect error: C stack overflow || overflow || too many
return assert(load("return " .. ("f("):rep(100000)))
