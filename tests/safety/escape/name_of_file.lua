-- expect status: 1
-- expect error: name_of_file.lua:4: [string "/etc/passwd"]:1: no
-- A loaded text can't pass for a file.
assert(load("error('no')", "@/etc/passwd"))()
