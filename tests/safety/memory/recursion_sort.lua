-- expect status: 1
-- expect error: C stack overflow || stack overflow
local function less()
  table.sort({ 1, 2 }, less)
end
less()
