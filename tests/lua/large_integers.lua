---- lists of large integers
print(roi.cumprod { 100000, 100000, 100000, 100000 }[4]) -- expect: 1e+20
print(roi.mean { math.maxinteger, 1 } == 0x1p62) -- expect: true
print(roi.sum { 4000000000000000000, 4000000000000000000, 4000000000000000000 } == 1.2e19) -- expect: true
print(roi.cumsum { math.maxinteger, 1 }[2] == 0x1p63, roi.diff { math.mininteger, 1 }[2] == 0x1p63) -- expect: true	true
print(roi.npv(math.maxinteger, { 0x1p63 }) == 1) -- expect: true
model.outputs.one = 1
return model
---- amounts that are products of large integers
model:connectors("n", { stages = { { at = 0, count = 4294967296, build = 4294967296 } } })
model:connectors("r", { every = "month", stages = { { at = 0, count = 4294967296, build = 0, run = 4294967296 } } })
model:training("t", { people = 1, hours = 4294967296, wage = 4294967296 })
model:ai_usage("a", { requests = 1, every = "year", tokens_in = 4294967296, price_in = 4294967296, tokens_out = 0, price_out = 0, per = 1 })
local u = model:use_case("u")
u:benefit("b", 1, { every = "year" })
model.outputs.ok_cost = roi.eq(model.pv_cost, 0x1p64 * 15)
return model
---- sales of large integers
model:errors_avoided("e", { volume = 1, every = "year", rate = 1, cut = 1, cost = 0x1p63 })
model:faster_cycle("f", { cases = 1, every = "year", days = math.maxinteger, cut = 1, value = 2 })
model:quality("q", { revenue = 1, every = "year", value = math.maxinteger, baseline = 1, per_point = 4, margin = 1 })
model.outputs.ok_benefit = roi.eq(model.pv_benefit, 0x1p64 + 0x1p63 + 0x1p65)
return model
---- weights that are large integers
model:cost("c", 8, { every = "year", spread = { u = 6000000000000000000, v = 6000000000000000000 } })
local u, v = model:use_case("u"), model:use_case("v")
u:cost("own", 1, { every = "year" })
v:cost("own", 1, { every = "year" })
model.outputs.ok_spread = roi.eq(u.npv, -5)
return model
---- curves at large integers
print(roi.curve.logistic(math.maxinteger, 1, math.mininteger), roi.curve.gompertz(math.maxinteger, 1, math.mininteger)) -- expect: 1.0	1.0
print(roi.curve.step(math.maxinteger, { { math.mininteger, 5 } }), roi.curve.piecewise(5, { { math.mininteger, 5 }, { math.maxinteger, 5 } })) -- expect: 5.0	5.0
model.outputs.one = 1
return model
---- a recurrence that grows large
model.outputs.ok_grown = roi.eq(roi.recur(1, function(before) return before * 65536 end)[12], 0x1p192)
return model
