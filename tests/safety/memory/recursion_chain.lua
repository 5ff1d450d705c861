-- expect status: 1
-- expect error: '__index' chain too long; possibl
-- Tables whose fields are each other's.
local a, b = {}, {}
setmetatable(a, { __index = b })
setmetatable(b, { __index = a })
return a.x
