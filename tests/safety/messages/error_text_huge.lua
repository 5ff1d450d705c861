-- expect status: 1
-- expect error: error_text_huge.lua:3: yyyyyyyy
error(setmetatable({}, { __tostring = function() return ("y"):rep(1 << 22) end }))
