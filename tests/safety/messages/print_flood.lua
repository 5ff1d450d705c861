-- expect status: 1
-- expect error: print_flood.lua:4: printed enough
for i = 1, 1200 do print(("y"):rep(9000)) end
error("printed enough")
