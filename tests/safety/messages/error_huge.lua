-- expect status: 1
-- expect error: error_huge.lua:3: xxxxxxxxxx
error(("x"):rep(1 << 24))
