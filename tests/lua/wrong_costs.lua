---- a price without how often
model:seats("licences", { count = 5, price = 35 }) -- expect error: seats 'licences': price is one number: say how often, { every = "month" }
---- no price
model:seats("licences", { count = 5, every = "month" }) -- expect error: seats 'licences': say what one costs, price = 30, or by amount
---- two prices
model:seats("licences", { count = 5, price = 3, tiers = { { from = 0, price = 3 } }, every = "month" }) -- expect error: seats 'licences': say what one costs
---- tiers that may mean two things
model:seats("licences", { count = 5, tiers = { { from = 0, price = 3 }, { from = 9, price = 2 } }, every = "month" }) -- expect error: seats 'licences': tiers can be meant in two ways: pricing = "marginal" (each price for what lies above its from) or "all_units"
---- a reading that is none
model:seats("licences", { count = 5, tiers = { { from = 0, price = 3 } }, pricing = "margnal", every = "month" }) -- expect error: seats 'licences': pricing = "margnal" must be "marginal", "all_units"; did you mean 'marginal'?
---- a reading of no tiers
model:seats("licences", { count = 5, price = 3, pricing = "marginal", every = "month" }) -- expect error: seats 'licences': pricing says how tiers are meant, and there are none
---- tiers that begin late
model:usage("calls", { units = t, tiers = { { from = 1, price = 3 } }, pricing = "marginal" }) -- expect error: usage 'calls': tiers 1: from 1 must be 0, where the first price begins to hold
---- tiers that fall back
model:usage("calls", { units = t, tiers = { { from = 0, price = 3 }, { from = 0, price = 2 } }, pricing = "marginal" }) -- expect error: usage 'calls': tiers must rise, but tier 2 from 0 follows 0
---- a tier without a price
model:usage("calls", { units = t, tiers = { { from = 0 } }, pricing = "marginal" }) -- expect error: usage 'calls': tiers 1: price is missing; write { from = 0, price = 30 }
---- tiers that are no list
model:usage("calls", { units = t, tiers = { from = 0, price = 3 }, pricing = "marginal" }) -- expect error: usage 'calls': tiers takes a list, such as tiers = { { from = 0, price = 30 }, ... }, not
---- half a month of commitment
model:seats("licences", { count = 5, price = 35, every = "month", commit = 1.5 }) -- expect error: seats 'licences': commit 1.5 must be a whole number of months from 1 to 1200
---- an uncertain commitment
model:seats("licences", { count = 5, price = 35, every = "month", commit = roi.uniform(3, 9) }) -- expect error: seats 'licences': commit must be a plain number, not
---- a category that is not there
model:seats("licences", { count = 5, price = 35, every = "month", category = "licenses" }) -- expect error: seats 'licences': category = "licenses" must be one of set-up, pilot, data preparation, data access, connectors, security, governance, training, change management, licences, tokens, review, FinOps tools, acquisition, running, other; did you mean 'licences'?
---- the same for a plain cost
model:cost("law", 5 * t, { category = 3 }) -- expect error: cost 'law': category = 3 must be one of set-up
---- a sunk cost in words
model:usage("calls", { units = t, price = 3, paid = "yes" }) -- expect error: usage 'calls': paid must be true (sunk: listed, left out) or false, not the text 'yes'
---- steps of nothing
model:steps("clerks", { load = t, capacity = 0, price = 1, every = "month" }) -- expect error: steps 'clerks': capacity 0 must be above 0
---- connectors without stages
model:connectors("CRM", { every = "month" }) -- expect error: connectors 'CRM': stages is missing; write { stages = { { at = 0, count = 2, build = 5000, run = 150 } }, every = "month" }
---- connectors that run without how often
model:connectors("CRM", { stages = { { at = 0, build = 5, run = 1 } } }) -- expect error: connectors 'CRM': stages 1: run is one number: say how often
---- hours that cost nothing
model:training("course", { people = 40, hours = 6 }) -- expect error: training 'course': hours without wage: say what an hour of theirs costs, wage = 30
---- training every month
model:training("course", { people = 40, fee = 6, every = "month" }) -- expect error: training 'course': people are trained once, and those who come for others by turnover: leave out 'every'
---- training as people come, and at once
model:training("course", { people = t, fee = 6, at = 3 }) -- expect error: training 'course': people is a series, and they are trained when they come: leave out 'at'
---- tokens of a price for how many?
model:ai_usage("a", { requests = t, tokens_in = 1, tokens_out = 1, price_in = 1, price_out = 1 }) -- expect error: ai_usage 'a': per is missing: how many tokens price_in and price_out are for; per = 1e6 as most lists have it; write { requests = 3000, every
---- a decline in percent
model:ai_usage("a", { requests = t, tokens_in = 1, tokens_out = 1, price_in = 1, price_out = 1, per = 1e6, decline = 20 }) -- expect error: ai_usage 'a': decline 20 must be a share a year between -1 and 1 (20% is written 0.2)
---- half of a table
model:ai_usage("a", { requests = t, tokens_in = 1, tokens_out = 1, price_in = 1, price_out = 1, per = 1e6, batch = { share = 0.5 } }) -- expect error: ai_usage 'a': batch: discount is missing; write batch = { share = 0.5, discount = 0.5 }
---- a number for a table
model:ai_usage("a", { requests = t, tokens_in = 1, tokens_out = 1, price_in = 1, price_out = 1, per = 1e6, cache = 0.5 }) -- expect error: ai_usage 'a': cache takes a table of fields, such as cache = { hits = 0.4, discount = 0.9 }, not 0.5
---- routes to more than all
model:ai_usage("a", { requests = t, tokens_in = 1, tokens_out = 1, price_in = 1, price_out = 1, per = 1e6, -- expect error: ai_usage 'a': routing: the shares add up to 1.2, more than 1
  routing = { { share = 0.6, price_in = 1, price_out = 1 }, { share = 0.6, price_in = 1, price_out = 1 } } })
---- a route with a gap
model:ai_usage("a", { requests = t, tokens_in = 1, tokens_out = 1, price_in = 1, price_out = 1, per = 1e6, -- expect error: ai_usage 'a': routing takes a list, but has 'share' beside its entries 1 to 1
  routing = { { share = 0.6, price_in = 1, price_out = 1 }, share = 5 } })
---- a stair without a beginning
model:ai_usage("a", { requests = t, tokens_in = 1, tokens_out = 1, price_in = 1, price_out = 1, per = 1e6, -- expect error: ai_usage 'a': staircase: say when it begins, at = 13 or when = roi.ge(quality, 0.9)
  staircase = { price_in = 5, price_out = 5 } })
---- a stair on no condition
model:ai_usage("a", { requests = t, tokens_in = 1, tokens_out = 1, price_in = 1, price_out = 1, per = 1e6, -- expect error: ai_usage 'a': staircase: when must be a condition, such as roi.ge(quality, 0.9), not the text 'soon'
  staircase = { when = "soon", price_in = 5, price_out = 5 } })
---- a minimum for how long?
model:ai_usage("a", { requests = t, tokens_in = 1, tokens_out = 1, price_in = 1, price_out = 1, per = 1e6, -- expect error: ai_usage 'a': agreement: minimum is one number: say for how long, every = "month"
  agreement = { minimum = 5 } })
---- months of a model by weeks
local roi = require "roisim"
local model = roi.model { horizon = 60, period = "week" }
model:ai_usage("a", { requests = model.time, tokens_in = 1, tokens_out = 1, price_in = 1, price_out = 1, per = 1e6, -- expect error: ai_usage 'a': agreement: every = "month" is no whole number of weeks: take "year"
  agreement = { minimum = 5, every = "month" } })
---- a curve over nothing
local c = roi.curve.wright({ first = 40, rate = 0.2 }) -- expect error: roi.curve.wright takes cumulative and one table: write roi.curve.wright(cumulative, { first = 40, rate = 0.2 })
---- learning in percent
local c = roi.curve.wright(t, { first = 40, rate = 20 }) -- expect error: roi.curve.wright: rate 20 must be a share from 0 to below 1 (20% is written 0.2)
---- a curve without its number
local c = roi.curve.wright(nil, { first = 40, rate = 0.2 }) -- expect error: roi.curve.wright: cumulative must be a number, an uncertain number or a series, not nil
---- a curve in the wrong place
local c = roi.wright(t, {}) -- expect error: roi has no 'wright'; write roi.curve.wright
---- a curve that is not there
local c = roi.curve.wrigth(t, {}) -- expect error: roi.curve has no 'wrigth'; did you mean 'wright'?
---- quality in percent
local c = roi.curve.data_quality(80, { repair = 1, governance = 0 }) -- expect error: roi.curve.data_quality: quality 80 must be a share between 0 and 1 (80% is written 0.8)
---- data without governance said
local c = roi.curve.data_quality(0.8, { repair = 1 }) -- expect error: roi.curve.data_quality: governance is missing: the share of spoiled items that is caught before it does harm; governance = 0 where nobody looks; write
