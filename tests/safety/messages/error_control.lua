-- expect status: 1
-- expect error: error_control.lua:3: \x1b[2J\x07 red \n next \xff
error("\27[2J\7 red \n next \255")
