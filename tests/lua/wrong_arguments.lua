---- a decimal comma in a pert
x.a = roi.pert(1, 2,5, 4) -- expect warning: the fourth number of roi.pert is lambda, the weight of the mode: decimals have a point, 2.5 and not 2,5; if lambda is meant, name it: roi.pert { min = , mode = , max = , lambda = }
model.outputs.a = x.a
return model
---- a weight by name, and one beside numbers with points
x.a, x.b = roi.pert { min = 1, mode = 2, max = 5, lambda = 4 }, roi.pert(0.1, 0.2, 0.5, 6)
model.outputs.a = x.a + x.b
return model
---- a decimal comma of a parameter
local p = model:param("rate", 0,15) -- expect error: model:param takes 2 arguments, not 3; decimals have a point: 0.12, not 0,12
---- a decimal comma of a rate
local p = model:per_period(0,15) -- expect error: model:per_period takes 1 argument, not 2; decimals have a point: 0.12, not 0,12
---- more than a name and a table
model:risk("leak", { probability = 0.1, loss = 100, at = 3 }, { duration = 3 }) -- expect error: model:risk takes 2 arguments, not 3
---- more than options
model:cost("fee", 10, { every = "month" }, { delay = 1 }) -- expect error: model:cost takes 3 arguments, not 4
---- more than a name of a use case's benefit
local u = model:use_case("a")
u:benefit("fee", 10, { every = "month" }, 5) -- expect error: a:benefit takes 3 arguments, not 4
---- a decimal comma of a shift
local v = roi.lag(t, 1,5) -- expect error: roi.lag(series, periods) takes 2 arguments, not 3; decimals have a point: 0.12, not 0,12
---- a decimal comma of a rate a period
local v = roi.discount(t, 0,01) -- expect error: roi.discount(series, rate) takes 2 arguments, not 3; decimals have a point
---- a decimal comma of a bound
x.a = roi.normal(0, 1):truncate(0, 1,5) -- expect error: :truncate(low, high) takes 2 arguments, not 3; decimals have a point
---- two distributions anew
local v = roi.each_period(roi.normal(0, 1), roi.normal(0, 1)) -- expect error: roi.each_period takes 1 argument, a distribution, not 2
---- two files
local v = roi.data("a.csv", "b.csv") -- expect error: roi.data(name) takes 1 argument, not 2
