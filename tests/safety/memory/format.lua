-- expect status: 1
-- expect error: format.lua:4: invalid conversion
-- A width that would fill memory.
return ("%999999999d"):format(1)
