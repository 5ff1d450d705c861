---- a parameter that no line of the script made
coroutine.wrap(model.param)(model, "b", 5)
coroutine.wrap(model.param)(model, "b", 5) -- expect error: parameter 'b': the name is taken already
-- expect: roisim: without_lines.lua:3: parameter 'b': the name is taken already
---- a cost that no line of the script made
coroutine.wrap(model.cost)(model, "fee", 5, { every = "month" })
model:cost("fee", 5, { every = "month" }) -- expect error: cost 'fee': a cost of that name is there already; names must differ
---- a use case that no line of the script made
model:cost("fee", 5, { every = "month" })
coroutine.wrap(model.use_case)(model, "triage")
model:use_case("triage") -- expect error: use case 'triage': a use case of that name is there already; names must differ
---- a scenario that no line of the script made
coroutine.wrap(model.scenario)(model, "low", { price = 5 }) -- expect failure: without_lines.lua: scenario 'low': the model has no input or parameter 'price'
model.outputs.one = 1
return model
---- weights of a cost that no line of the script made
coroutine.wrap(model.cost)(model, "fee", 5, { every = "month", spread = { triage = 1 } }) -- expect failure: without_lines.lua: cost 'fee': spread: there is no use case 'triage'
return model
---- what is said of lines that are none
x.a = roi.uniform(1, 2)
local u = model:use_case("u")
coroutine.wrap(u.free_hours)(u, "one", { volume = x.a, every = "month", minutes = x.a })
u:free_hours("two", { volume = x.a, every = "month", minutes = x.a }) -- warns: [counted-twice] 'u.two' saves the same minutes of the same items as 'u.one': give both one pool, or each its own minutes
u:benefit("sold", x.a * t)
return model
