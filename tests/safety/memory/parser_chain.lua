-- expect status: 1
-- expect error: C stack overflow || overflow
return assert(load("return " .. ("x .. "):rep(100000) .. "x"))
