-- A published return on an AI assistant for small businesses, built again from the bottom up: what the study's way of counting makes of
-- our assumptions, and what is left when only money counts and nobody knows how many people will use it. What the study or the price
-- list says has its source; everything else is assumed here. docs/EXAMPLES.md has the account.
local roi = require "roisim"

local m = roi.model { name = "Assistant study", horizon = 36, period = "month", currency = "USD", discount_rate = 0.10 }
local x, seats = m.inputs, 140                             -- seats: sized so that costs come to what the published figures imply

local study = "Forrester Consulting, The Projected Total Economic Impact of Microsoft 365 Copilot for SMB, commissioned by Microsoft, "
  .. "October 2024, tei.forrester.com/go/microsoft/SMB365Copilot"
local function published(value, source) return roi.discrete { { value, 1 } }:source(source) end
local function assumed(distribution) return distribution:source "assumed here" end

x.low_roi  = published(1.32, study):doc "projected three-year ROI, low end"
x.high_roi = published(3.53, study):doc "the same, high end"
x.low_npv  = published(358500, study):unit "USD"
x.price    = published(30, "Microsoft's public price list, 2024, billed by the year"):unit "USD/user/month"

x.active  = assumed(roi.share(0.35, 0.85)):doc "seats in real use in the end"
x.pace    = assumed(roi.pert(3, 8, 15)):unit "month":doc "until then"
x.minutes = assumed(roi.pert(60, 200, 360)):unit "min/user/month":doc "saved, checking taken off"
x.wage    = assumed(roi.between(34, 62)):unit "USD/hour"
x.cash    = assumed(roi.uniform(0.2, 0.6)):doc "of saved time, what becomes money"
x.sales   = assumed(roi.between(25e6, 45e6)):unit "USD/year"
x.lift    = assumed(roi.pert(0, 0.007, 0.018)):doc "more sales by better offers, sooner"
x.margin  = assumed(roi.between(0.14, 0.28))
x.quit    = assumed(roi.share(0.10, 0.22)):unit "share/year"
x.relief  = assumed(roi.pert(0, 0.05, 0.14)):doc "departures avoided"
x.replace = assumed(roi.between(15e3, 45e3)):unit "USD/person"
x.cut     = assumed(roi.pert(0, 0.15, 0.30)):doc "shorter time until new people are of full use"
x.setup   = assumed(roi.pert(18e3, 28e3, 50e3)):unit "USD"
x.records = assumed(roi.pert(5e3, 12e3, 35e3)):unit "USD":doc "who may see what, put in order"
x.rules   = assumed(roi.pert(600, 1000, 2000)):unit "USD/month"
x.lesson  = assumed(roi.pert(3, 5, 9)):unit "hours/user"

m:abandonment("given up", { probability = 0.15, between = { 6, 18 } })
local use = roi.curve.ramp { from = 0, periods = x.pace, to = 1 } * x.active

m:revenue("go-to-market: sales", { amount = x.sales / 12 * x.lift * use, margin = x.margin, delay = 3 })
m:time_saved("operations: time", { volume = seats * use, minutes = x.minutes, wage = x.wage, cash = x.cash })
m:benefit("people: departures", seats * m:per_period(x.quit) * x.relief * x.replace * use, { kind = "avoided", delay = 6 })
m:faster_cycle("people: new staff", { cases = seats * x.quit / 12 * use, days = 25, cut = x.cut, value = 160 })
m:seats("licences", { count = seats, price = x.price, every = "month", commit = 12 })
m:cost("set-up", roi.at(0, x.setup), { category = "set-up" })
m:cost("access rights", roi.at(0, x.records), { category = "data preparation" })
m:training("training", { people = seats, hours = x.lesson, wage = x.wage, fee = 60, turnover = 0.15 })
m:cost("rules and support", x.rules, { every = "month", category = "governance" })

m:usual_method { benefits = { 0.8, 0.95, 1 }, costs = { 1, 1.05, 1.2 }, years = 3, rate = 0.10 }
m.outputs["PV of costs"], m.outputs["implied by the study"] = m.pv_cost, x.low_npv / x.low_roi
m.outputs["reaches 132%"], m.outputs["reaches 353%"] = roi.ge(m.roi, x.low_roi), roi.ge(m.roi, x.high_roi)
m:scenario("counted in full", { cash = 1, active = 1, ["given up.occurs"] = 0 })
m:scenario("time in full", { cash = 1 })
m:scenario("use certain", { active = 1, ["given up.occurs"] = 0 })
return m
