-- expect status: 1
-- expect error: recursion_coroutines.lua:9: C stack overflow || recursion_coroutines.lua:9: survived
-- Coroutines in coroutines.
local function deep()
  local ok, why = coroutine.resume(coroutine.create(deep))
  return why
end
local why = deep()
error(why or "survived")
