-- expect status: 1
-- expect error: print_control.lua:4: see above
print("\27]0;title\7", {}, print, ("%s"):format({}))
error("see above")
