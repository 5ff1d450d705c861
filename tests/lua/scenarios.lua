---- a scenario is only described: the model stays as written
x.price = roi.normal(10, 2)
model:scenario("cheap", { price = 5 })
model.outputs.ok = roi.gt(x.price, 0)
return model
---- a number in the place of a draw
-- args: --scenario cheap
x.price = roi.normal(10, 2)
model:scenario("cheap", { price = 5 })
model.outputs.ok = roi.eq(x.price, 5)
return model
---- a number, a parameter, an input whose name has a point, a risk's draw
-- args: --scenario other
local seats = model:param("seats", 20)
x.fee = 10
x["a.b"] = 1
model:cost("fees", x.fee * seats, { every = "month" })
model:risk("outage", { probability = 0.5, loss = roi.normal(100, 10), at = 3 })
model.outputs.ok_fee = roi.eq(model.pv_cost, 12 * 3 * 40 + 55)
model.outputs.ok_name = roi.eq(x["a.b"], 7)
model:scenario("other", { fee = 3, seats = 40, ["a.b"] = 7, ["outage.occurs"] = 1, ["outage.loss"] = 55 })
print(seats) -- expect: 40
return model
---- a whole number beyond the doubles' digits
-- args: --scenario large
local most, odd, least = model:param("most", 1), model:param("odd", 1), model:param("least", 1)
model:scenario("large", { most = math.maxinteger, odd = (1 << 53) + 1, least = math.mininteger })
model.outputs.y = roi.normal(0, 1)
print(most, odd, least) -- expect: 9223372036854775807 9007199254740993 -9223372036854775808
return model
---- a distribution in the place of a number
-- args: --scenario unsure
x.fee = 10
model.outputs.ok = roi.all(roi.ge(x.fee, 20), roi.le(x.fee, 21))
model:scenario("unsure", { fee = roi.uniform(20, 21) })
return model
---- a distribution keeps the input's stream: the same luck
-- args: --scenario wide
x.a = roi.uniform(0, 1)
x.b = roi.uniform(0, 1)
local plain = x.a
model:scenario("wide", { a = roi.uniform(0, 10), b = x.a * 3 })
model.outputs.ok = roi.lt(roi.abs(x.a / 10 - x.b / 3), 1e-15)
return model
---- an expression is of the plain model
-- args: --scenario dearer
x.price = roi.normal(100, 5)
x.floor = roi.min(x.price, 100)
model:scenario("dearer", { price = x.price * 2, floor = x.price })
model.outputs.ok = roi.lt(roi.abs(x.price - 2 * x.floor), 1e-12)
return model
---- an expression of what is set later
-- args: --scenario linked
x.a = roi.normal(0, 1)
x.b = roi.normal(0, 1)
model:scenario("linked", { a = x.b + 1 })
model.outputs.ok = roi.lt(roi.abs(x.a - x.b - 1), 1e-12)
return model
---- a draw made anew each period, and a series of numbers
-- args: --scenario calm
x.noise = roi.each_period(roi.normal(1, 0.1))
x.wave = roi.each_period(roi.normal(0, 1))
model:scenario("calm", { noise = t * 0 + 1, wave = roi.each_period(roi.uniform(5, 6)) })
model.outputs.ok = roi.all(roi.eq(roi.sum(x.noise), 12), roi.ge(roi.min_over(x.wave), 5), roi.gt(roi.max_over(x.wave), x.wave[1] - 1))
return model
---- --set acts on the plain model, and so on what is computed from it
-- args: --scenario dearer --set 'price=roi.normal(50,1)'
x.price = roi.normal(100, 5)
model:scenario("dearer", { price = x.price * 2 })
model.outputs.ok = roi.all(roi.gt(x.price, 80), roi.lt(x.price, 120))
return model
---- the script prints once
-- args: --scenario dearer
x.price = roi.normal(100, 5)
model:scenario("dearer", { price = 1 })
print("said") -- expect: said
model.outputs.a = x.price
return model
---- what a scenario uses is not unused
x.price = roi.normal(100, 5)
x.spare = roi.normal(100, 5)
local late = roi.gt(x.spare, 3)
model:scenario("other", { price = x.spare + late })
model.outputs.ok = roi.gt(x.price, 0)
return model
---- one distribution for two scenarios
-- args: --scenario second
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
local wide = roi.uniform(5, 6):unit("kg")
model:scenario("first", { a = wide })
model:scenario("second", { a = wide, b = wide })
model.outputs.ok = roi.all(roi.gt(x.a, 5), roi.gt(x.b, 5), roi.ne(x.a, x.b))
return model
---- correlated with what is overridden: the others keep their numbers, and what is computed keeps the correlation
-- args: --scenario fixed
x.a, x.b, x.c = roi.normal(0, 1), roi.normal(0, 1), roi.normal(0, 1)
x.copy = 0
model:correlate { { x.a, x.b, 0.6 }, { "b", "c", 0.5 } }
model:scenario("fixed", { a = 3, copy = x.b })
model.outputs.ok = roi.all(roi.eq(x.a, 3), roi.eq(x.copy, x.b), roi.gt(x.c, -50))
return model
---- a use case's inputs, and values that are promises
-- args: --scenario cheap
local triage = model:use_case "triage"
triage.inputs.minutes = roi.normal(10, 1)
triage:benefit("saved", triage.inputs.minutes, { every = "month" })
model.outputs.ok = roi.lt(roi.abs(triage.npv - 12 * 20), 1e-9)
model:scenario("cheap", { ["triage.minutes"] = 20 })
return model
---- an override computed from a promise
-- args: --scenario linked
local triage = model:use_case "triage"
x.fee, x.gain = 1, roi.normal(5, 1)
triage:benefit("saved", x.gain, { every = "month" })
model.outputs.ok = roi.lt(roi.abs(x.fee - 12 * x.gain), 1e-9)
model:scenario("linked", { fee = triage.npv })
return model
---- a name that is not there
x.price = roi.normal(10, 2)
model.outputs.a = x.price
model:scenario("cheap", { prise = 5 }) -- expect error: scenario 'cheap': the model has no input or parameter 'prise'; did you mean 'price'?
return model
---- two of one name
x.price = roi.normal(10, 2)
model.outputs.a = x.price
model:scenario("cheap", { price = 5 })
model:scenario("cheap", { price = 6 }) -- expect error: scenario 'cheap' is there already, on line
return model
---- nothing
x.price = roi.normal(10, 2)
model:scenario("cheap", {}) -- expect error: scenario 'cheap' overrides nothing: name an input or a parameter with another value
return model
---- no table
x.price = roi.normal(10, 2)
model:scenario("cheap") -- expect error: scenario 'cheap': what it overrides is a table, such as { price = 12 }, not nil
return model
---- no name
model:scenario({ price = 5 }) -- expect error: model:scenario(name, overrides): the name must be a text, not a table
return model
---- the name of the model itself
model:scenario("as written", { price = 5 }) -- expect error: the model without a scenario is called that
return model
---- a value without a name
model:scenario("cheap", { 5 }) -- expect error: scenario 'cheap': overrides are written name = value
return model
---- a text
x.price = roi.normal(10, 2)
model:scenario("cheap", { price = "x.price * 2" }) -- expect error: scenario 'cheap': 'price' takes a number, a distribution or an uncertain value, not the text 'x.price * 2'; an expression is written without quotes
return model
---- a parameter is a number
local seats = model:param("seats", 10)
model.outputs.a = seats
model:scenario("more", { seats = roi.uniform(10, 20) }) -- expect error: scenario 'more': parameter 'seats' is a plain number, and so must be what overrides it
return model
---- a distribution with a name of its own
x.price = roi.normal(10, 2)
model:scenario("cheap", { price = roi.normal(1, 2):name("low") }) -- expect error: the distribution for 'price' has a name, 'low'; there it takes the name of what it overrides
return model
---- per-trial functions stay out
x.price = roi.normal(10, 2)
local f = roi.per_trial("f", function(rng, a) return a end, x.price)
model:scenario("cheap", { price = f * 2 }) -- expect error: scenario 'cheap': 'price' rests on a roi.per_trial function
return model
---- not a number
x.price = roi.normal(10, 2)
model:scenario("cheap", { price = 0 / 0 }) -- expect error: scenario 'cheap': 'price' is not a number (nan)
return model
---- asked for and not there
-- args: --scenario chaep
-- expect failure: --scenario 'chaep': the script has no such scenario; did you mean 'cheap'?
x.price = roi.normal(10, 2)
model:scenario("cheap", { price = 5 })
model.outputs.a = x.price
return model
---- asked for where there are none
-- args: --scenario cheap
-- expect failure: --scenario 'cheap': the script describes no scenario
x.price = roi.normal(10, 2)
model.outputs.a = x.price
return model
---- an override that the script can't go on with
-- args: --scenario flat
x.noise = roi.each_period(roi.normal(1, 1))
model:benefit("sales", x.noise) -- expect error: under the scenario 'flat': benefit 'sales' is one number
model:scenario("flat", { noise = 1 })
return model
