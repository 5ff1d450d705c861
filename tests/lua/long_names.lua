-- Names have at most 1,000 bytes, wherever a script gives one; those that are made of several may be longer.
---- a model
local roi = require "roisim"
roi.model { name = ("n"):rep(1001) } -- expect error: roi.model: name: a name has at most 1000 bytes; this one has 1001
---- an output
model.outputs[("n"):rep(1001)] = roi.uniform(0, 1) -- expect error: output: a name has at most 1000 bytes; this one has 1001
---- an input
x[("n"):rep(1001)] = roi.uniform(0, 1) -- expect error: input: a name has at most 1000 bytes; this one has 1001
---- a parameter
model:param(("n"):rep(1001), 1) -- expect error: parameter: a name has at most 1000 bytes; this one has 1001
---- a value
local v = (roi.uniform(0, 1) + 1):name(("n"):rep(1001)) -- expect error: value:name(text): a name has at most 1000 bytes; this one has 1001
---- a draw
local v = roi.uniform(0, 1):name(("n"):rep(1001)) -- expect error: value:name(text): a name has at most 1000 bytes; this one has 1001
---- a per-trial function
local v = roi.per_trial(("n"):rep(1001), function() return 1 end) -- expect error: roi.per_trial: a name has at most 1000 bytes; this one has 1001
---- a use case
model:use_case(("n"):rep(1001)) -- expect error: use case: a name has at most 1000 bytes; this one has 1001
---- an actor
model:actor(("n"):rep(1001)) -- expect error: actor: a name has at most 1000 bytes; this one has 1001
---- a department
model:use_case("u", { department = ("n"):rep(1001) }) -- expect error: department: a name has at most 1000 bytes; this one has 1001
---- a cost
model:cost(("n"):rep(1001), 1, { every = "month" }) -- expect error: cost: a name has at most 1000 bytes; this one has 1001
---- a benefit
model:benefit(("n"):rep(1001), 1, { every = "month" }) -- expect error: benefit: a name has at most 1000 bytes; this one has 1001
---- a benefit of hours
model:use_case("u"):time_saved(("n"):rep(1001), {}) -- expect error: time_saved: a name has at most 1000 bytes; this one has 1001
---- a risk
model:risk(("n"):rep(1001), { probability = 0.5, loss = 1, at = 1 }) -- expect error: risk: a name has at most 1000 bytes; this one has 1001
---- a scenario
model:scenario(("n"):rep(1001), { a = 1 }) -- expect error: scenario: a name has at most 1000 bytes; this one has 1001
---- a budget
model:budget(("n"):rep(1001), { ceiling = 1 }) -- expect error: budget: a name has at most 1000 bytes; this one has 1001
---- a pool
model:pool(("n"):rep(1001), { hours = 1 }) -- expect error: pool: a name has at most 1000 bytes; this one has 1001
---- a kpi
model:use_case("u"):kpi(("n"):rep(1001), { of = 1 }) -- expect error: kpi: a name has at most 1000 bytes; this one has 1001
---- a gate
model:use_case("u"):gate { name = ("n"):rep(1001) } -- expect error: gate: a name has at most 1000 bytes; this one has 1001
---- a pilot
model:use_case("u"):pilot { name = ("n"):rep(1001) } -- expect error: pilot: a name has at most 1000 bytes; this one has 1001
---- stages
model:stages(("n"):rep(1001), { assisted = 0.1, autonomous = 0.1 }) -- expect error: stages: a name has at most 1000 bytes; this one has 1001
---- a process
local v = roi.process.ar1 { name = ("n"):rep(1001), start = 1, phi = 0.5, sd = 1 } -- expect error: roi.process.ar1: a name has at most 1000 bytes; this one has 1001
---- as long as names may be, and what is made of them
local u = model:use_case(("u"):rep(1000))
u:time_saved(("s"):rep(1000), { minutes = roi.uniform(1, 2), volume = 100 * t, wage = 40, cash = 0.5 })
u:risk(("r"):rep(1000), { probability = 0.5, loss = roi.normal(100, 10), at = 3 })
u.inputs[("i"):rep(1000)] = roi.uniform(0, 1)
model.outputs[("o"):rep(1000)] = u.inputs[("i"):rep(1000)]
return model
