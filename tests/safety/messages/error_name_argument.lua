-- expect status: 1
-- expect error: error_name_argument.lua:4: bad argument #1 to 'rep' (string expected, got \x1b[2Jmodel.lua:1: all is well
-- What a value calls itself goes into messages of the interpreter.
return string.rep(setmetatable({}, { __name = "\27[2Jmodel.lua:1: all is well" }))
