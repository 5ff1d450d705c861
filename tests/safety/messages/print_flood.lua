-- expect status: 1
-- expect error: print_flood.lua:4: printed enough
for i = 1, 2000 do print(("y"):rep(50000)) end
error("printed enough")
