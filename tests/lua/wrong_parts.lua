---- use cases: names
model:use_case() -- expect error: model:use_case(name): the name must be a text, not nil (a name not set?)
---- a table for a name
model:use_case { name = "triage" } -- expect error: model:use_case(name): the name must be a text, not a table
---- an empty name
model:use_case("") -- expect error: model:use_case(name): the name must be a text, not the text ''
---- a number for a name
model:actor(7) -- expect error: model:actor(name): the name must be a text, not 7
---- a name with a point
model:use_case("triage.npv") -- expect error: model:use_case(name): name 'triage.npv' may have no point or bracket: its outputs are called NAME.npv, NAME.roi, ...
---- a name in brackets
model:actor("[rival]") -- expect error: model:actor(name): name '[rival]' may have no point or bracket
---- two of one name
model:use_case("triage")

model:use_case("triage") -- expect error: use case 'triage': a use case of that name stands on line 14; names must differ
---- a use case and an actor of one name
model:use_case("triage")
model:actor("triage") -- expect error: actor 'triage': a use case of that name stands on line 18; names must differ
---- what is said of a use case is no table
model:use_case("triage", "sales") -- expect error: use case 'triage' takes a table { department = , owner = , ... }, not the text 'sales'
---- an unknown field
model:use_case("triage", { department = "sales", onwer = "Kim" }) -- expect error: use case 'triage': unknown option 'onwer'; did you mean 'owner'?
---- a list for fields
model:use_case("triage", { "sales" }) -- expect error: use case 'triage': options are written name = value
---- a department that is no text
model:use_case("triage", { department = 4 }) -- expect error: use case 'triage': department must be a text, not 4
---- an owner without a name
model:use_case("triage", { owner = "" }) -- expect error: use case 'triage': owner must be a text, not the text ''
---- an unknown kind of work
model:use_case("triage", { work = "admn" }) -- expect error: use case 'triage': work = the text 'admn' must be "hero", "admin" or "undone"; did you mean 'admin'?
---- work that is no text
model:use_case("triage", { work = true }) -- expect error: use case 'triage': work must be a text, not true
---- sources that are no list
model:use_case("triage", { sources = "CRM" }) -- expect error: use case 'triage': sources must be a list of texts, such as { "CRM", "mail" }, not the text 'CRM'
---- a source that is no text
model:use_case("triage", { sources = { "CRM", 3 } }) -- expect error: use case 'triage': source 2 must be a text, not 3
---- more than an actor's name
model:actor("rival", { department = "sales" }) -- expect error: actor 'rival' takes its name alone, not a table
---- a dot for a colon
local u = model:use_case("triage")
u.cost("fee", 3) -- expect error: write triage:cost(...) with a colon
---- a dot for the model's colon
model.use_case("triage") -- expect error: write model:use_case(...) with a colon
---- an unknown method
local u = model:use_case("triage")
u:benfit("gain", 3) -- expect error: use case 'triage' has no 'benfit'; did you mean 'benefit'?
---- an unknown output
local u = model:use_case("triage")
model.outputs.a = u.nvp -- expect error: use case 'triage' has no 'nvp'; did you mean 'npv'?
---- an unknown field of an actor
local rival = model:actor("rival")
print(rival.gat) -- expect error: actor 'rival' has no 'gat'; did you mean 'gate'?
---- a field of a use case that is set
local u = model:use_case("triage")
u.cost = 5 -- expect error: triage.cost can't be set: inputs go to triage.inputs, outputs to model.outputs
---- an input that is not there
local u = model:use_case("triage")
u.inputs.cut = roi.uniform(0, 1)
print(u.inputs.cuts) -- expect error: triage.inputs has no 'cuts' yet; did you mean 'cut'?
---- an input set twice
local u = model:use_case("triage")
u.inputs.cut = roi.uniform(0, 1)
u.inputs.cut = roi.uniform(0, 2) -- expect error: input 'triage.cut' is set already, on line 63: give this one another name
---- an input of the model of that name
local u = model:use_case("triage")
u.inputs.cut = roi.uniform(0, 1)
model.inputs["triage.cut"] = roi.uniform(0, 2) -- expect error: input 'triage.cut': the name is taken already, on line 67
---- an input that is nothing
local u = model:use_case("triage")
u.inputs.cut = u.inputs -- expect error: input 'triage.cut' takes a distribution, a number or an expression, not a value of another kind
---- an output of the use case's name
local u = model:use_case("triage")
u:cost("fee", roi.uniform(1, 2), { every = "month" })
model.outputs["triage.npv"] = 5 -- expect error: 'triage.npv'
return model
---- flows: a name
local u = model:use_case("triage")
u:benefit(nil, 3, { every = "month" }) -- expect error: triage:benefit(name, value): the name must be a text, not nil (a name not set?)
---- a flow of the model without a name
model:cost("", 3, { every = "month" }) -- expect error: model:cost(name, value): the name must be a text, not the text ''
---- a risk whose name is a table
local u = model:use_case("triage")
u:risk { probability = 0.5, loss = 3, at = 1 } -- expect error: triage:risk(name, { ... }): the name must be a text, not a table
---- two flows of one name
local u = model:use_case("triage")
u:benefit("fee", 3, { every = "month" })
u:cost("fee", 3, { every = "month" }) -- expect error: cost 'fee': a benefit of that name stands on line 87; names must differ
---- options that are no table
local u = model:use_case("triage")
u:cost("fee", 3, "month") -- expect error: cost 'fee': options are a table, such as { every = "month" }, not the text 'month'
---- no value
local u = model:use_case("triage")
u:cost("fee") -- expect error: cost 'fee' must be a number, an uncertain number or a series, not nil (a name not set?)
---- a nil value
local u = model:use_case("triage")
u:cost("fee", nil, { every = "month" }) -- expect error: cost 'fee' must be a number, an uncertain number or a series, not nil (a name not set?)
---- a list for a series
local u = model:use_case("triage")
u:cost("fee", { 1, 2 }, { every = "month" }) -- expect error: cost 'fee' must be a number, an uncertain number or a series (a list becomes one by roi.series), not a table
---- a boolean for a value
local u = model:use_case("triage")
u:benefit("gain", true, { every = "month" }) -- expect error: benefit 'gain' must be a number, an uncertain number or a series, not true
---- a part for a value
local u = model:use_case("triage")
u:benefit("gain", u, { every = "month" }) -- expect error: benefit 'gain' must be a number, an uncertain number or a series, not a value of another kind
---- a value that is no number
local u = model:use_case("triage")
u:benefit("gain", 0 / 0, { every = "month" }) -- expect error: a plain calculation gave it, such as 0/0
---- a number without how often
local u = model:use_case("triage")
u:cost("fee", 3) -- expect error: cost 'fee' is one number: say how often, { every = "month" }, or when, roi.at(period, value)
---- a series with how often
local u = model:use_case("triage")
u:cost("fee", t, { every = "month" }) -- expect error: cost 'fee' is a series, which says itself what falls in each period: leave out 'every'
---- a slip in how often
local u = model:use_case("triage")
u:cost("fee", 3, { every = "moth" }) -- expect error: cost 'fee': every = the text 'moth' must be "week", "month", "quarter" or "year"; did you mean 'month'?
---- how often as a number
local u = model:use_case("triage")
u:cost("fee", 3, { every = 12 }) -- expect error: cost 'fee': every = 12 must be "week", "month", "quarter" or "year"
---- once
local u = model:use_case("triage")
u:cost("fee", 3, { every = "once" }) -- expect error: must be "week", "month", "quarter" or "year"; what is paid a single time is written roi.at(0, value)
---- an option of another flow
local u = model:use_case("triage")
u:benefit("gain", 3, { every = "month", paid = true }) -- expect error: benefit 'gain': unknown option 'paid'; known: every, kind, delay, basis
---- a slip in an option
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month", dely = 3 }) -- expect error: cost 'fee': unknown option 'dely'; did you mean 'delay'?
---- a negative delay
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month", delay = -1 }) -- expect error: cost 'fee': delay -1 must be 0 or more
---- a delay that is no number
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month", delay = "2" }) -- expect error: cost 'fee': delay must be a number or an uncertain number, not the text '2'
---- a delay of each period
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month", delay = t }) -- expect error: cost 'fee': delay must be a number or an uncertain number, not an uncertain series
---- an endless delay
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month", delay = math.huge }) -- expect error: cost 'fee': delay inf must be 0 or more
---- a delay that is not a number
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month", delay = 0 / 0 }) -- expect error: cost 'fee': delay nan must be 0 or more
---- a delay beyond all
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month", delay = 13 }) -- expect error: cost 'fee': delay 13 is longer than the horizon of 12 months
---- an unknown basis
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month", basis = "reel" }) -- expect error: cost 'fee': basis = the text 'reel' must be "nominal" (prices of its time) or "real" (prices of today); did you mean 'real'?
---- prices of today without inflation
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month", basis = "real" }) -- expect error: cost 'fee': basis = "real" needs the model's inflation: roi.model { inflation = 0.02, ... }
---- an unknown kind
local u = model:use_case("triage")
u:benefit("gain", 3, { every = "month", kind = "capcity" }) -- expect error: benefit 'gain': kind = the text 'capcity' must be one of cash, revenue, avoided, capacity, welfare; did you mean 'capacity'?
---- a kind that is no text
local u = model:use_case("triage")
u:benefit("gain", 3, { every = "month", kind = print }) -- expect error: benefit 'gain': kind = a function (a call without its parentheses?) must be one of cash
---- paid as a text
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month", paid = "yes" }) -- expect error: cost 'fee': paid must be true (sunk: listed, left out) or false, not the text 'yes'
---- an unknown category
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month", category = "goverance" }) -- expect error: did you mean 'governance'?
---- a use case shares nothing
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month", spread = "equal" }) -- expect error: cost 'fee': spread says how the use cases share a cost of the model's own: declare it as model:cost
---- an unknown way to share
model:cost("fee", 3, { every = "month", spread = "benefit" }) -- expect error: cost 'fee': spread = the text 'benefit' must be "equal", "benefits", "costs" or weights { triage = 2, notes = 1 }; did you mean 'benefits'?
---- a number for weights
model:cost("fee", 3, { every = "month", spread = 2 }) -- expect error: cost 'fee': spread = 2 must be "equal"
---- a negative weight
model:cost("fee", 3, { every = "month", spread = { triage = -1 } }) -- expect error: cost 'fee': the weight of 'triage' must be a plain number, 0 or more, not -1
---- an uncertain weight
model:cost("fee", 3, { every = "month", spread = { triage = roi.uniform(0, 1) } }) -- expect error: cost 'fee': the weight of 'triage' must be a plain number, 0 or more, not a draw
---- weights as a list
model:cost("fee", 3, { every = "month", spread = { 1, 2 } }) -- expect error: cost 'fee': weights are written { triage = 2, notes = 1 }, by the names of use cases
---- a weight for nobody
local a, b = model:use_case("triage"), model:use_case("notes")
a:cost("fee", roi.uniform(1, 2), { every = "month" })
b:cost("fee", roi.uniform(1, 2), { every = "month" })
model:cost("fee", 3, { every = "month", spread = { triag = 1 } }) -- expect error: cost 'fee': spread: there is no use case 'triag'; did you mean 'triage'?
return model
---- weights of nothing
local a = model:use_case("triage")
a:cost("fee", roi.uniform(1, 2), { every = "month" })
model:cost("fee", 3, { every = "month", spread = { triage = 0 } }) -- expect error: cost 'fee': spread: the weights of use cases that have flows add up to 0
return model
---- weights without use cases
model:cost("fee", 3 * roi.uniform(1, 2), { every = "month", spread = { triage = 1 } }) -- expect error: cost 'fee': spread: there is no use case 'triage'
return model
---- closing: after one of its outputs was read
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month" })
model.outputs.a = u.npv
u:cost("rent", 3, { every = "month" }) -- expect error: cost 'rent' comes too late: reading triage.npv (line 197) closed the use case to further flows
---- after an output to date
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month" })
model.outputs.a = u:npv_to(3)
u:risk("outage", { probability = 0.5, loss = 1, at = 3 }) -- expect error: risk 'outage' comes too late: reading triage.npv_to (line 202) closed the use case to further flows
---- after the whole's
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month" })
model.outputs.a = model.roi
u:cost("rent", 3, { every = "month" }) -- expect error: cost 'rent' comes too late: reading model.roi (line 207) closed the model to further flows
---- a use case after the whole's outputs
model:cost("fee", 3, { every = "month" })
model.outputs.a = model.npv
model:use_case("late") -- expect error: use case 'late' comes too late: reading model.npv (line 211) closed the model to further flows
---- a gate after
local u = model:use_case("triage")
u.inputs.effect = roi.normal(0, 1)
u:cost("fee", 3, { every = "month" })
model.outputs.a = u.npv
u:gate { at = 3, continue_if = roi.gt(u.inputs.effect, 0), oracle = true } -- expect error: use case 'triage', the gate comes too late: reading triage.npv (line 217) closed the use case to further flows
---- an actor after its own
local rival = model:actor("rival")
rival:cost("fee", 3, { every = "month" })
model.outputs.a = rival.npv
rival:cost("rent", 3, { every = "month" }) -- expect error: cost 'rent' comes too late: reading rival.npv (line 222) closed the actor to further flows
---- outputs before any flow
local u = model:use_case("triage")
model.outputs.a = u.npv -- expect error: triage.npv before any flow: declare its benefits and costs first
---- to a period outside
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month" })
model.outputs.a = u:npv_to(13) -- expect error: triage:npv_to(period): the period must be a whole number from 1 to the horizon 12, not 13
---- to a part of a period
local u = model:use_case("triage")
u:cost("fee", 3, { every = "month" })
model.outputs.a = u:roi_to(1.5) -- expect error: triage:roi_to(period): the period must be a whole number from 1 to the horizon 12, not 1.5
---- to no period
model:cost("fee", 3, { every = "month" })
model.outputs.a = model:roi_to() -- expect error: model:roi_to(period): the period must be a whole number from 1 to the horizon 12, not nil (a name not set?)
---- to an uncertain period
model:cost("fee", 3, { every = "month" })
model.outputs.a = model:npv_to(roi.uniform(1, 2)) -- expect error: from 1 to the horizon 12, not a draw
---- up to a period before any flow
local u = model:use_case("triage")
model.outputs.a = u:npv_to(3) -- expect error: triage.npv_to before any flow: declare its benefits and costs first
---- an output that decides itself
local u = model:use_case("triage")
u:benefit("gain", roi.uniform(1, 2), { every = "month" })
local npv = u.npv -- expect error: triage.npv depends on itself: what decides it is computed from it
model:cost("bonus", roi.at(12, 0.1 * npv))
return model
---- two that decide each other
local a, b = model:use_case("a"), model:use_case("b")
a:benefit("gain", roi.uniform(1, 2), { every = "month" })
local npv = a.npv
b:benefit("bonus", roi.at(12, 0.1 * npv))
model:cost("fee", roi.at(12, 0.1 * b.npv)) -- expect error: b.npv depends on itself: what decides it is computed from it
return model
---- inflation that is no rate
local roi = require "roisim"
local model = roi.model { inflation = "2%" } -- expect error: roi.model: inflation must be a number or an uncertain number, not the text '2%'
---- inflation in percent
local roi = require "roisim"
local model = roi.model { inflation = 2 } -- expect error: roi.model: inflation 2 is 200% a year; 2% is written 0.02
---- inflation below all
local roi = require "roisim"
local model = roi.model { inflation = -1 } -- expect error: roi.model: inflation -1 must be above -1 (-100%)
---- pilots: no table
local u = model:use_case("triage")
u:pilot("pilot") -- expect error: use case 'triage': pilot takes { weeks = 4, share = 0.2, cost = 3000, reads = { ... } }, not the text 'pilot'
---- a pilot without its length
local u = model:use_case("triage")
u:pilot { cost = 3 } -- expect error: use case 'triage', the pilot: say how long it takes, weeks = 4 or periods = 1
---- two lengths
local u = model:use_case("triage")
u:pilot { weeks = 4, periods = 1 } -- expect error: use case 'triage', the pilot: say how long it takes, weeks = 4 or periods = 1, not both
---- a length of nothing
local u = model:use_case("triage")
u:pilot { weeks = 0 } -- expect error: use case 'triage', the pilot: weeks must be a plain number above 0, not 0
---- an uncertain length
local u = model:use_case("triage")
u:pilot { periods = roi.uniform(1, 2) } -- expect error: use case 'triage', the pilot: periods must be a plain number above 0, not a draw
---- an endless pilot
local u = model:use_case("triage")
u:pilot { weeks = math.huge } -- expect error: use case 'triage', the pilot: weeks must be a plain number above 0, not inf
---- a length that is not a number
local u = model:use_case("triage")
u:pilot { weeks = 0 / 0 } -- expect error: use case 'triage', the pilot: weeks must be a plain number above 0, not nan
---- a pilot longer than all
local u = model:use_case("triage")
u:pilot { periods = 12, start = 2 } -- expect error: use case 'triage', the pilot ends in month 13, after the horizon of 12
---- a pilot of ages
local u = model:use_case("triage")
u:pilot { periods = 1e300 } -- expect error: use case 'triage', the pilot: periods 1e+300 is longer than the horizon of 12 months
---- a pilot that starts too early
local u = model:use_case("triage")
u:pilot { name = "trial", weeks = 4, start = 0 } -- expect error: use case 'triage', pilot 'trial': start must be a whole period from 1 to the horizon 12, not 0
---- a pilot's name
local u = model:use_case("triage")
u:pilot { name = 3, weeks = 4 } -- expect error: use case 'triage': the pilot's name must be a text, not 3
---- a slip in a pilot
local u = model:use_case("triage")
u:pilot { weeks = 4, shar = 0.2 } -- expect error: use case 'triage', the pilot: unknown option 'shar'; did you mean 'share'?
---- a share in percent
local u = model:use_case("triage")
u:pilot { weeks = 4, share = 20 } -- expect error: use case 'triage', the pilot: share 20 must be above 0 and at most 1 (20% is written 0.2)
---- a negative cost
local u = model:use_case("triage")
u:pilot { weeks = 4, cost = -3 } -- expect error: use case 'triage', the pilot: cost -3 must be 0 or more
---- a cost of each period
local u = model:use_case("triage")
u:pilot { weeks = 4, cost = t } -- expect error: use case 'triage', the pilot: cost must be a number or an uncertain number, not an uncertain series
---- readings that are no table
local u = model:use_case("triage")
u:pilot { weeks = 4, reads = roi.uniform(0, 1) } -- expect error: use case 'triage', the pilot: reads takes { NAME = { of = , sd = , n = } }, not a draw
---- a reading of a taken name
local u = model:use_case("triage")
u:pilot { weeks = 4, reads = { last = { of = u, sd = 1, n = 3 } } } -- expect error: use case 'triage', the pilot: a reading can't be called 'last'
---- a reading that is no table
local u = model:use_case("triage")
u:pilot { weeks = 4, reads = { cut = 0.2 } } -- expect error: use case 'triage', the pilot, reading 'cut' takes { of = , sd = , n = , control = 0 }, not 0.2; write reads = { cut = { of = effect, sd = 0.8, n = 300, control = 300 } }
---- a slip in a reading
local u = model:use_case("triage")
u:pilot { weeks = 4, reads = { cut = { of = 1, sd = 1, n = 3, contrl = 3 } } } -- expect error: use case 'triage', the pilot, reading 'cut': unknown option 'contrl'; did you mean 'control'?
---- a reading of nothing
local u = model:use_case("triage")
u:pilot { weeks = 4, reads = { cut = { sd = 1, n = 3 } } } -- expect error: use case 'triage', the pilot, reading 'cut': of is missing: the value that the pilot tries to measure; write reads =
---- a reading of a series
local u = model:use_case("triage")
u:pilot { weeks = 4, reads = { cut = { of = t, sd = 1, n = 3 } } } -- expect error: reading 'cut': of must be a number or an uncertain number, not an uncertain series
---- a reading of unknown error
local u = model:use_case("triage")
u:pilot { weeks = 4, reads = { cut = { of = 1, n = 3 } } } -- expect error: reading 'cut': sd is missing; write reads =
---- a reading of how many
local u = model:use_case("triage")
u:pilot { weeks = 4, reads = { cut = { of = 1, sd = 2 } } } -- expect error: reading 'cut': n is missing; write reads =
---- a negative error
local u = model:use_case("triage")
u:pilot { weeks = 4, reads = { cut = { of = 1, sd = -2, n = 3 } } } -- expect error: reading 'cut': sd -2 must be 0 or more
---- a reading of nobody
local u = model:use_case("triage")
u:pilot { weeks = 4, reads = { cut = { of = 1, sd = 2, n = 0 } } } -- expect error: reading 'cut': n 0 must be above 0
---- a negative group
local u = model:use_case("triage")
u:pilot { weeks = 4, reads = { cut = { of = 1, sd = 2, n = 5, control = -5 } } } -- expect error: reading 'cut': control -5 must be 0 or more
---- a reading that is not there
local u = model:use_case("triage")
u.inputs.effect = roi.normal(0, 1)
local p = u:pilot { weeks = 4, reads = { cut = { of = u.inputs.effect, sd = 2, n = 5 } } }
print(p.cuts) -- expect error: use case 'triage', the pilot has no 'cuts'; did you mean 'cut'?
---- a pilot that is changed
local u = model:use_case("triage")
local p = u:pilot { weeks = 4 }
p.last = 5 -- expect error: use case 'triage', the pilot can't be changed: 'last' is set where it is declared
---- two pilots of one name
local u = model:use_case("triage")
u:pilot { weeks = 4, cost = 3 }
u:pilot { weeks = 4, cost = 5 } -- expect error: cost 'pilot': a cost of that name stands on line 355; names must differ
---- gates: no table
local u = model:use_case("triage")
u:gate(4) -- expect error: use case 'triage': gate takes gate { after = pilot, continue_if = roi.ge(pilot.cut, 0.2), stop_cost = 1000 }, not 4
---- a gate's name
local u = model:use_case("triage")
u:gate { name = "" } -- expect error: use case 'triage': the gate's name must be a text, not the text ''
---- a slip in a gate
local u = model:use_case("triage")
u:gate { at = 4, continue_iff = 1 } -- expect error: use case 'triage', the gate: unknown option 'continue_iff'; did you mean 'continue_if'?
---- a gate of no time
local u = model:use_case("triage")
u:gate { continue_if = 1 } -- expect error: use case 'triage', the gate: say when it decides, after = PILOT or at = PERIOD
---- two times
local u = model:use_case("triage")
u:gate { at = 3, after = u:pilot { weeks = 4 }, continue_if = 1 } -- expect error: use case 'triage', the gate: say when it decides, after = PILOT or at = PERIOD, not both
---- after what is no pilot
local u = model:use_case("triage")
u:gate { after = 3, continue_if = 1 } -- expect error: use case 'triage', the gate: after must be what triage:pilot { ... } gave, not 3
---- after a use case
local u = model:use_case("triage")
u:gate { after = u, continue_if = 1 } -- expect error: after must be what triage:pilot { ... } gave, not a value of another kind
---- at no number
local u = model:use_case("triage")
u:gate { at = "3", continue_if = 1 } -- expect error: use case 'triage', the gate: at must be a period, a number or uncertain, not the text '3'
---- at half a period
local u = model:use_case("triage")
u:gate { name = "review", at = 2.5, continue_if = 1 } -- expect error: use case 'triage', gate 'review': at 2.5 must be a whole period, 0 or more
---- before the start
local u = model:use_case("triage")
u:gate { at = -1, continue_if = 1 } -- expect error: use case 'triage', the gate: at -1 must be a whole period, 0 or more
---- at no time at all
local u = model:use_case("triage")
u:gate { at = 0 / 0, continue_if = 1 } -- expect error: use case 'triage', the gate: at nan must be a whole period, 0 or more
---- outside the horizon
local u = model:use_case("triage")
u:gate { at = 12, continue_if = 1 } -- expect error: use case 'triage', the gate: at 12 lies outside the horizon: after the last month, 12, there is nothing to stop
---- after a pilot that ends with the horizon
local u = model:use_case("triage")
local p = u:pilot { periods = 12 }
u:gate { after = p, continue_if = 1 } -- expect error: use case 'triage', the gate decides after use case 'triage', the pilot, which ends with the horizon, in month 12: there is nothing left to stop
---- never
local u = model:use_case("triage")
u:gate { at = roi.never, continue_if = 1 } -- expect error: use case 'triage', the gate: at inf lies outside the horizon
---- no condition
local u = model:use_case("triage")
u:gate { at = 3 } -- expect error: use case 'triage', the gate: continue_if is missing; write gate { after = pilot, continue_if = roi.ge(pilot.cut, 0.2), stop_cost = 1000 }
---- a comparison of plain numbers
local u = model:use_case("triage")
u:gate { at = 3, continue_if = 2 > 1 } -- expect error: use case 'triage', the gate: continue_if is a plain value, true, so there is nothing to decide; write gate {
---- a plain number
local u = model:use_case("triage")
u:gate { at = 3, continue_if = 1 } -- expect error: use case 'triage', the gate: continue_if is a plain value, 1, so there is nothing to decide
---- a condition of each period
local u = model:use_case("triage")
u:gate { at = 3, continue_if = roi.gt(t * roi.uniform(0, 1), 3) } -- expect error: continue_if must be a condition, such as roi.ge(pilot.cut, 0.2), not an uncertain series
---- a text for a condition
local u = model:use_case("triage")
u:gate { at = 3, continue_if = "pilot.cut > 0.2" } -- expect error: continue_if must be a condition, such as roi.ge(pilot.cut, 0.2), not the text 'pilot.cut > 0.2'
---- a number that is no condition
local u = model:use_case("triage")
u.inputs.effect = roi.normal(0, 1)
local p = u:pilot { weeks = 4, reads = { cut = { of = u.inputs.effect, sd = 2, n = 5 } } }
u:gate { after = p, continue_if = p.cut } -- expect error: use case 'triage', the gate: continue_if must be a condition, which is 1 or 0, such as roi.ge(pilot.cut, 0.2): this is a number
---- the truth, which nobody knows
local u = model:use_case("triage")
u.inputs.effect = roi.normal(0, 1)
u:gate { at = 3, continue_if = roi.gt(u.inputs.effect, 0) } -- expect error: use case 'triage', the gate: continue_if rests on 'triage.effect', whose true value nobody knows when deciding: decide by a reading of a pilot (reads = { cut = { of = effect, sd = 0.8, n = 300, control = 300 } }), or say oracle = true to see what perfect knowledge would bring
---- a reading and the truth
local u = model:use_case("triage")
u.inputs.effect, u.inputs.price = roi.normal(0, 1), roi.normal(0, 1)
local p = u:pilot { weeks = 4, reads = { cut = { of = u.inputs.effect, sd = 2, n = 5 } } }
u:gate { after = p, continue_if = roi.gt(p.cut * u.inputs.price, 0) } -- expect error: continue_if rests on 'triage.price', whose true value nobody knows
---- the outputs of another
local a, b = model:use_case("a"), model:use_case("b")
b:benefit("gain", roi.normal(0, 1), { every = "month" })
a:gate { at = 3, continue_if = roi.gt(b.npv, 0) } -- expect error: use case 'a', the gate: continue_if rests on 'b.npv', whose true value nobody knows
---- what is read later
local u = model:use_case("triage")
u.inputs.effect = roi.normal(0, 1)
local p = u:pilot { name = "trial", periods = 4, start = 2, reads = { cut = { of = u.inputs.effect, sd = 2, n = 5 } } }
u:gate { at = 4, continue_if = roi.gt(p.cut, 0) } -- expect error: use case 'triage', the gate decides in month 4 by what use case 'triage', pilot 'trial' reads, which ends in month 5: write after = PILOT, or a later at
---- gates out of order
local u = model:use_case("triage")
u.inputs.effect = roi.normal(0, 1)
u:gate { at = 6, continue_if = roi.gt(u.inputs.effect, 0), oracle = true }
u:gate { at = 4, continue_if = roi.gt(u.inputs.effect, 1), oracle = true } -- expect error: use case 'triage', gate 'gate2' decides in month 4, before the gate on line 441 does, in month 6: a gate is only reached where those above it are passed, so write them in the order of their decisions
---- an oracle that is no boolean
local u = model:use_case("triage")
u:gate { at = 3, continue_if = roi.gt(roi.normal(0, 1), 0), oracle = "yes" } -- expect error: use case 'triage', the gate: oracle must be true or false, not the text 'yes'
---- a negative cost of stopping
local u = model:use_case("triage")
u:gate { at = 3, continue_if = roi.gt(roi.normal(0, 1), 0), oracle = true, stop_cost = -1 } -- expect error: use case 'triage', the gate: stop_cost -1 must be 0 or more
---- what a gate does not have
local u = model:use_case("triage")
local g = u:gate { at = 3, continue_if = roi.gt(roi.normal(0, 1), 0), oracle = true }
print(g.passes) -- expect error: use case 'triage', the gate has no 'passes'; did you mean 'passed'?
---- two gates of one name
local u = model:use_case("triage")
u:gate { name = "review", at = 3, continue_if = roi.gt(roi.normal(0, 1), 0), oracle = true }
u:gate { name = "review", at = 4, continue_if = roi.gt(roi.normal(0, 1), 0), oracle = true } -- expect error: use case 'triage', gate 'review': a gate of that name stands on line 455; names must differ
---- kpis: a name
local u = model:use_case("triage")
u:kpi { dimension = "financial" } -- expect error: triage:kpi(name, { ... }): the name must be a text, not a table
---- a kpi of a taken name
local u = model:use_case("triage")
u:kpi("wait", { dimension = "operational", value = 3, target = 5 })
u:kpi("wait", { dimension = "operational", value = 3, target = 5 }) -- expect error: kpi 'wait': a kpi of that name stands on line 462; names must differ
---- a kpi that is no table
model:kpi("wait", 5) -- expect error: kpi 'wait' takes a table, not 5; write kpi("response time", { dimension = "operational", value = , baseline = 8, target = 5.6, by = 6, better = "lower" })
---- a slip in a kpi
model:kpi("wait", { dimention = "operational" }) -- expect error: kpi 'wait': unknown option 'dimention'; did you mean 'dimension'?
---- a unit that is no text
model:kpi("wait", { unit = 3, dimension = "operational", value = 3, target = 5 }) -- expect error: kpi 'wait': unit must be a text that is not empty, not 3
---- no dimension
model:kpi("wait", { value = 3, target = 5 }) -- expect error: kpi 'wait': dimension is missing; write kpi("response time", {
---- no value
model:kpi("wait", { dimension = "operational", target = 5 }) -- expect error: kpi 'wait': value is missing; write kpi(
---- no target
model:kpi("wait", { dimension = "operational", value = 5 }) -- expect error: kpi 'wait': target is missing; write kpi(
---- an unknown dimension
model:kpi("wait", { dimension = "operation", value = 3, target = 5 }) -- expect error: kpi 'wait': dimension = the text 'operation' must be one of financial, operational, strategic, governance; did you mean 'operational'?
---- an unknown direction
model:kpi("wait", { dimension = "operational", value = 3, target = 5, better = "lowr" }) -- expect error: kpi 'wait': better = the text 'lowr' must be one of higher, lower; did you mean 'lower'?
---- a value that is none
model:kpi("wait", { dimension = "operational", value = { 3 }, target = 5 }) -- expect error: kpi 'wait': value must be a number, an uncertain number or a series, not a table
---- a date outside
model:kpi("wait", { dimension = "operational", value = 3, target = 5, by = 13 }) -- expect error: kpi 'wait': by must be a whole month from 1 to the horizon 12, not 13
---- an uncertain date
model:kpi("wait", { dimension = "operational", value = 3, target = 5, by = roi.uniform(1, 2) }) -- expect error: kpi 'wait': by must be a whole month from 1 to the horizon 12, not a draw
---- dates of nothing
model:kpi("wait", { dimension = "operational", value = 3, target = 5, by = {} }) -- expect error: kpi 'wait': by is an empty list; write by = 6, or by = { 6, 12 }
---- dates that fall
model:kpi("wait", { dimension = "operational", value = 3, target = 5, by = { 6, 6 } }) -- expect error: kpi 'wait': the dates in by must rise, but 6 follows 6
---- targets for other dates
model:kpi("wait", { dimension = "operational", value = 3, target = { 5, 6 }, by = 6 }) -- expect error: kpi 'wait': target has 2 values for 1 date in by
---- a target that is no number
model:kpi("wait", { dimension = "operational", value = 3, target = "5" }) -- expect error: kpi 'wait': target must be a number or an uncertain number, not the text '5'
---- one of the targets
model:kpi("wait", { dimension = "operational", value = 3, target = { 5, true }, by = { 1, 2 } }) -- expect error: kpi 'wait': target, value 2 must be a number or an uncertain number, not true
---- an endless target
model:kpi("wait", { dimension = "operational", value = 3, target = 1 / 0 }) -- expect error: kpi 'wait': target inf must be a finite number
---- a baseline of each period
model:kpi("wait", { dimension = "operational", value = 3, target = 5, baseline = t }) -- expect error: kpi 'wait': baseline must be a number or an uncertain number, not an uncertain series
---- a value that is not a number
model:kpi("wait", { dimension = "operational", value = 0 / 0, target = 5 }) -- expect error: kpi 'wait': value is not a number (nan): a plain calculation gave it, such as 0/0
---- pools: a name
model:pool { hours = 5 } -- expect error: model:pool(name, { hours = , rule = }): the name must be a text, not a table
---- two pools of one name
model:pool("evenings", { hours = 5 })
model:pool("evenings", { hours = 5 }) -- expect error: pool 'evenings': a pool of that name stands on line 505; names must differ
---- a pool that is no table
model:pool("evenings", 5) -- expect error: pool 'evenings' takes { hours = , rule = "pro_rata" }, not 5
---- a slip in a pool
model:pool("evenings", { hour = 5 }) -- expect error: pool 'evenings': unknown option 'hour'; did you mean 'hours'?
---- a pool without a size
model:pool("evenings", { rule = "order" }) -- expect error: pool 'evenings' has no size: hours = , what there is in each month (a number, uncertain, or a series)
---- a size that is none
model:pool("evenings", { hours = "5" }) -- expect error: pool 'evenings': hours must be a number, an uncertain number or a series, not the text '5'
---- less than nothing
model:pool("evenings", { hours = -5 }) -- expect error: pool 'evenings': hours -5 must be 0 or more
---- a pool of all there is
model:pool("evenings", { hours = math.huge }) -- expect error: pool 'evenings': hours inf must be 0 or more
---- less than nothing in some period
model:pool("evenings", { hours = t - 3 }) -- expect error: pool 'evenings': hours must be 0 or more in each month; the least of the series is -2
---- an unknown rule
model:pool("evenings", { hours = 5, rule = "prorata" }) -- expect error: pool 'evenings': rule = the text 'prorata' must be "pro_rata" (all are cut alike) or "order" (who comes first in the script is served first); did you mean 'pro_rata'?
---- what a pool does not have
local pool = model:pool("evenings", { hours = 5 })
print(pool.hour) -- expect error: pool 'evenings' has no 'hour'; did you mean 'hours'?
---- a pool that is changed
local pool = model:pool("evenings", { hours = 5 })
pool.hours = 6 -- expect error: pool 'evenings' can't be changed: 'hours' is set by model:pool
---- a pilot whose weeks overflow
local u = model:use_case("triage")
u:pilot { weeks = math.maxinteger } -- expect error: is longer than the horizon of 12 months
---- a list with a hole
model:usage("c", { units = 40, every = "month", pricing = "marginal", tiers = { { from = 0, price = 1 }, nil, { from = 10, price = 2 } } }) -- expect error: usage 'c': tiers: entry 2 of the list is nil
---- a curve with a hole
local s = roi.curve.step { before = 0, { 1, 2 }, nil, { 3, 5 } } -- expect error: point 2 is { time, value }, not nil
---- factors with a hole
model:usual_method { years = 1, benefits = { 0.8, nil, 1 } } -- expect error: number 2 is nil
---- categories with a hole
model:budget("z", { ceiling = 5, category = { "tokens", nil, "review" } }) -- expect error: budget 'z': category: entry 2 of the list is nil
---- the end of something before its beginning
local u = model:use_case("u")
u:abandonment("a", { probability = 1, at = -5 }) -- expect error: abandonment 'a': at -5 is before 0
---- a name that was never set
local u = model:use_case("u")
u:benefit("b", roi.uniform(1, 2), { every = "month", delay = dealy }) -- expect warning: 'dealy' has no value
return model
