---- an hour is not money by itself
model:time_saved("drafting", { volume = t, minutes = 6, wage = 30 }) -- expect error: time_saved 'drafting': cash is missing: the share of the saved hours that becomes money. An hour is money only if somebody is paid less or something more is sold; what is not is shown as capacity, outside npv; write { volume = 3000, every = "month", minutes = 4, wage = 25, cash = 0.5 }
---- a share in percent
model:time_saved("drafting", { volume = t, minutes = 6, wage = 30, cash = 35 }) -- expect error: time_saved 'drafting': cash 35 must be a share between 0 and 1 (35% is written 0.35)
---- a share in percent in some period
model:time_saved("drafting", { volume = t, minutes = 6, wage = 30, cash = 35 + 0 * t }) -- expect error: time_saved 'drafting': cash 35 (its least) must be a share between 0 and 1 (35% is written 0.35)
---- a field that is not there
model:time_saved("drafting", { volume = t, minute = 6, wage = 30, cash = 1 }) -- expect error: time_saved 'drafting': unknown option 'minute'; did you mean 'minutes'?
---- a call that is not there
model:time_savd("drafting", {}) -- expect error: the model has no 'time_savd'; did you mean 'time_saved'?
---- a count without how often
model:time_saved("drafting", { volume = 3000, minutes = 6, wage = 30, cash = 1 }) -- expect error: time_saved 'drafting': volume is one number: say how often, { every = "month" }
---- a series that says how often
model:time_saved("drafting", { volume = t, every = "month", minutes = 6, wage = 30, cash = 1 }) -- expect error: time_saved 'drafting': volume is a series, which says itself what falls in each period: leave out 'every'
---- how often, misspelt
model:time_saved("drafting", { volume = 5, every = "moth", minutes = 6, wage = 30, cash = 1 }) -- expect error: time_saved 'drafting': volume: every = the text 'moth' must be "week", "month", "quarter" or "year"; did you mean 'month'?
---- money that is no money
model:time_saved("drafting", { volume = t, minutes = 6, wage = 30, cash = 1, kind = "capacity" }) -- expect error: time_saved 'drafting': kind = "capacity" is not what becomes money: cash = 0 says that none of it does
---- a kind that is not there
model:revenue("sales", { amount = t, margin = 1, kind = "revnue" }) -- expect error: did you mean 'revenue'?
---- no table
model:time_saved("drafting", 5) -- expect error: time_saved 'drafting' takes a table of fields, such as { volume = 3000, every = "month", minutes = 4, wage = 25, cash = 0.5 }, not 5
---- no name
model:time_saved({ volume = t }) -- expect error: model:time_saved(name, { ... }): the name must be a text, not
---- a text for a number
model:time_saved("drafting", { volume = t, minutes = "6", wage = 30, cash = 1 }) -- expect error: time_saved 'drafting': minutes must be a number, an uncertain number or a series, not the text '6'
---- a series for a number
model:retention("kept", { customers = 9, churn = 0.1, cut = 0.1, margin = 1, months = t }) -- expect error: retention 'kept': months must be a number or an uncertain number, not an uncertain series
---- a pool that is none
model:free_hours("a", { hours = t, pool = 5 }) -- expect error: free_hours 'a': pool must be what model:pool(name, { hours = }) gave, not 5
---- hours in two ways
model:free_hours("a", { hours = t, volume = t, minutes = 5 }) -- expect error: free_hours 'a': say what is freed by volume and minutes of each, or by hours
---- hours in half a way
model:free_hours("a", { volume = t }) -- expect error: free_hours 'a': say what is freed by volume and minutes of each, or by hours
---- sales without a margin
model:revenue("sales", { amount = t }) -- expect error: revenue 'sales': margin is missing: the share of revenue that stays
---- sales in two ways
model:revenue("sales", { amount = t, volume = t, price = 5, margin = 1 }) -- expect error: revenue 'sales': say what is sold by amount, or by volume and price
---- no rule from quality to revenue
model:quality("a", { revenue = t, value = 1, baseline = 1, margin = 1 }) -- expect error: quality 'a': say what quality does to revenue: elasticity
---- two rules from quality to revenue
model:quality("a", { revenue = t, value = 1, baseline = 1, margin = 1, elasticity = 1, per_point = 1 }) -- expect error: (the share of revenue that a point is worth), not both
---- a cycle of neither days nor hours
model:faster_cycle("a", { cases = t, cut = 0.1, value = 1 }) -- expect error: faster_cycle 'a': say how long a case takes, days = 12 or hours = 12
---- a dip in percent
model:revenue("sales", { amount = t, margin = 1, dip = { depth = 40, periods = 3 } }) -- expect error: revenue 'sales': dip: depth 40 must be between 0 and 5 (0.4: 40% of the gain is gone; above 1 it costs at first) (40% is written 0.4)
---- a dip without an end
model:revenue("sales", { amount = t, margin = 1, dip = { depth = 0.4 } }) -- expect error: revenue 'sales': dip: periods is missing; write dip = { depth = 0.4, periods = 6 }
---- a dip as a number
model:revenue("sales", { amount = t, margin = 1, dip = 0.4 }) -- expect error: revenue 'sales': dip takes a table of fields, such as dip = { depth = 0.4, periods = 6 }, not 0.4
---- earlier than now
model:revenue("sales", { amount = t, margin = 1, delay = -2 }) -- expect error: revenue 'sales': delay -2 must be 0 or more
---- after the end
model:revenue("sales", { amount = t, margin = 1, delay = 20 }) -- expect error: revenue 'sales': delay 20 is longer than the horizon of 12 months
---- more than all leads
model:conversion("a", { leads = t, rate = 0.5, lift = 10, value = 1, margin = 1 }) -- expect error: conversion 'a': rate 0.5 with a lift of 10 is 5.5, more than all leads (10% is written 0.1)
---- a rate that goes nowhere
model:conversion("a", { leads = t, rate = 0.5, value = 1, margin = 1 }) -- expect error: conversion 'a': say what becomes of the rate, lift = 0.1 (10% more of it) or to = 0.055
---- customers every month
model:retention("kept", { customers = 9, churn = 0.1, cut = 0.1, margin = 1, months = 3, every = "month" }) -- expect error: retention 'kept': customers are there all the time, and churn and margin are a period's: leave out 'every'
---- customers who never leave
model:acquisition("new", { count = t, margin = 10, churn = 0, cac = 50 }) -- expect error: acquisition 'new': churn 0 must be above 0 and at most 1
---- what acquisition does not give
local won = model:acquisition("new", { count = t, margin = 10, churn = 0.1, cac = 50 })
print(won.ltvs) -- expect error: acquisition 'new' has no 'ltvs'; did you mean 'ltv'?
---- a name twice
model:revenue("sales", { amount = t, margin = 1 })
model:fees_replaced("sales", { fee = t, share = 1 }) -- expect error: benefit 'sales': a benefit of that name stands on line 67; names must differ
---- too late
model:revenue("sales", { amount = t, margin = 1 })
local early = model.npv
model:revenue("more", { amount = t, margin = 1 }) -- expect error: revenue 'more' comes too late: reading model.npv (line 71) closed the model to further flows
---- a gate after what counts on the use case
local u = model:use_case("triage")
u:retention("kept", { customers = 9, churn = 0.1, cut = 0.1, margin = 1, months = 3 })
u:abandonment("ends", { probability = 0.5, at = 3 }) -- expect error: abandonment 'ends' comes after retention 'kept' (line 75), which counts what the use case does: declare it before
