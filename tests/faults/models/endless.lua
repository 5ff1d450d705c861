-- A script that does not end by itself.
while true do end
