-- Expected numbers are loops in Python over the months, one price at a time.
---- tokens
local cost = model:ai_usage("tokens", { requests = 3000, every = "month", tokens_in = 2500, tokens_out = 500, price_in = 3, price_out = 12,
  per = 1e6 })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 486), 1e-9)
model.outputs.ok_series = roi.lt(roi.abs(cost[1] - 40.5), 1e-12)
return model
---- prices that fall
model:ai_usage("tokens", { requests = 3000 + 0 * t, tokens_in = 2500, tokens_out = 500, price_in = 3, price_out = 12, per = 1e6,
  decline = 0.2 })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 431.55658719525104), 1e-9)
return model
---- all that moves a price at once, uncertain or not
local function spec(one)
  return { requests = 3000 * one + 0 * t, tokens_in = 2500 * one, tokens_out = 500 * one, price_in = 3 * one, price_out = 12 * one, per = 1e6,
    retries = 0.1 * one, decline = 0.2 * one, batch = { share = 0.5 * one, discount = 0.5 * one },
    cache = { hits = 0.4 * one, discount = 0.9 * one },
    routing = { { share = 0.7 * one, price_in = 0.15 * one, price_out = 0.6 * one } },
    staircase = { at = 7 * one, price_in = 5 * one, price_out = 15 * one } }
end
local u, v = model:use_case("u"), model:use_case("v")
u:ai_usage("tokens", spec(1))
v:ai_usage("tokens", spec(roi.uniform(1, 1)))
model.outputs.ok_plain = roi.lt(roi.abs(u.npv + 112.97391112890918), 1e-10)
model.outputs.ok_uncertain = roi.lt(roi.abs(v.npv + 112.97391112890918), 1e-10)
return model
---- a staircase of two, the second on a condition of quality that holds from month 9
local quality = 0.5 + 0.05 * t
model:ai_usage("tokens", { requests = 3000 + 0 * t, tokens_in = 2500, tokens_out = 500, price_in = 3, price_out = 12, per = 1e6,
  staircase = { { at = 4, price_in = 5, price_out = 15 }, { when = roi.ge(quality, 0.949), price_in = 10, price_out = 30 } } })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 901.5), 1e-9)
return model
---- a condition that no longer holds keeps the stair
model:ai_usage("tokens", { requests = 1 + 0 * t, tokens_in = 1, tokens_out = 0, price_in = 1, price_out = 0, per = 1,
  staircase = { when = roi.eq(t, 3), price_in = 5, price_out = 0 } })
model.outputs.ok_cost = roi.eq(model.npv, -(2 + 10 * 5))
return model
---- an agreement by the month
model:ai_usage("tokens", { requests = 1000 * t, tokens_in = 2500, tokens_out = 500, price_in = 3, price_out = 12, per = 1e6,
  agreement = { minimum = 50, every = "month", discount = 0.1 } })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 1026.2), 1e-9)
return model
---- an agreement by the year: 263.25 and 749.25 used, at least 600 a year; the third year does not end
local roi = require "roisim"
local model = roi.model { horizon = 30 }
local cost = model:ai_usage("tokens", { requests = 250 * model.time, tokens_in = 2500, tokens_out = 500, price_in = 3, price_out = 12,
  per = 1e6, agreement = { minimum = 600, every = "year" } })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 1906.125), 1e-9)
model.outputs.ok_due = roi.lt(roi.abs(cost[12] - 12 * 3.375 - 336.75), 1e-9)
return model
---- an agreement by the quarter: 8.1 used in the first, at least 10
model:ai_usage("tokens", { requests = 100 * t, tokens_in = 2500, tokens_out = 500, price_in = 3, price_out = 12, per = 1e6,
  agreement = { minimum = 10, every = "quarter" } })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 107.2), 1e-9)
return model
---- a discount without a minimum
model:ai_usage("tokens", { requests = 3000 + 0 * t, tokens_in = 2500, tokens_out = 500, price_in = 3, price_out = 12, per = 1e6,
  agreement = { discount = 0.5 } })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 243), 1e-9)
return model
---- people who look at answers: 12 x 3000 x 0.1 x 3/60 x 28
model:ai_usage("tokens", { requests = 3000 + 0 * t, tokens_in = 0, tokens_out = 0, price_in = 3, price_out = 12, per = 1e6,
  review = { share = 0.1, minutes = 3, wage = 28 } })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 5040), 1e-9)
return model
---- uncertain routes that leave nothing are cut alike
local share = roi.uniform(0.8, 0.8)
model:ai_usage("tokens", { requests = 3000 + 0 * t, tokens_in = 2500, tokens_out = 500, price_in = 300, price_out = 1200, per = 1e6,
  routing = { { share = share, price_in = 1, price_out = 2 }, { share = share, price_in = 2, price_out = 4 } } })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 189), 1e-9)
return model
---- a vendor's price shock: half as much again from month 6
local shock = model:price_shock("vendor", { probability = 1, factor = 1.5, at = 6 })
model:ai_usage("tokens", { requests = 3000 + 0 * t, tokens_in = 2500, tokens_out = 500, price_in = 3, price_out = 12, per = 1e6,
  price_factor = shock.factor })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 627.75), 1e-9)
return model
---- distributions in fields are inputs, those within tables too
-- args: --set tokens.price_in=3 --set tokens.cache.hits=0 --set tokens.routing.1.share=0 --set tokens.staircase.1.at=20
model:ai_usage("tokens", { requests = 3000 + 0 * t, tokens_in = 2500, tokens_out = 500, price_in = roi.uniform(4, 5), price_out = 12,
  per = 1e6, cache = { hits = roi.uniform(0.1, 0.2), discount = 0.9 }, staircase = { at = roi.uniform(3, 4), price_in = 9, price_out = 99 },
  routing = { { share = roi.uniform(0.1, 0.2), price_in = 1, price_out = 2 } } })
model.outputs.ok_cost = roi.lt(roi.abs(model.npv + 486), 1e-9)
return model
---- requests of now cost too
local shock = model:price_shock("vendor", { probability = 1, factor = 2, at = 1 })
local cost = model:ai_usage("tokens", { requests = roi.at(0, 10), tokens_in = 1, tokens_out = 0, price_in = 3, price_out = 0, per = 1,
  decline = 0.2, staircase = { at = 0, price_in = 4, price_out = 0 }, price_factor = shock.factor })
model.outputs.ok_now = roi.all(roi.eq(model.npv, -40), roi.eq(cost[0], 40))
return model
