-- expect status: 1
-- expect error: function or expression needs too many registers
return assert(load("f(" .. ("1, "):rep(100000) .. "1)"))
