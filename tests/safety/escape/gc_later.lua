-- expect status: 1
-- expect error: gc_later.lua:9: no finalizer ran
-- A field set after setmetatable does not make a finalizer either.
local ran = false
local meta = {}
setmetatable({}, meta)
meta.__gc = function() ran = true end
for i = 1, 100000 do local garbage = { i } end
if not ran then error("no finalizer ran") end
