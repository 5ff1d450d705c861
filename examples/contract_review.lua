-- Contract review with an assistant: reading takes half the time, fewer clauses are missed, and every draft must be checked. Eight weeks
-- on trial beside lawyers without it decide; standard contracts go through by themselves only much later.
local roi = require "roisim"

local m = roi.model { name = "Contract review", horizon = 36, period = "month", currency = "EUR", discount_rate = 0.09 }
local u = m:use_case("review", { department = "Legal", owner = "General counsel", work = "admin", sources = { "archive", "mail" } })

local x, lawyers = u.inputs, 6
x.contracts = roi.pert(90, 130, 180):unit "contract/month"
x.minutes   = roi.pert(90, 150, 260):unit "min/contract"
x.cut       = roi.triangular(-0.05, 0.50, 0.60):doc "of reading time: half, as is said, or nothing"
x.check     = roi.pert(10, 20, 50):unit "min/contract":doc "checking what the assistant marked"
x.wage      = roi.between(50, 80):unit "EUR/hour"
x.cash      = roi.uniform(0.2, 0.6):doc "of saved time, what outside counsel is no longer paid for"
x.missed    = roi.pert(0.005, 0.015, 0.03):doc "contracts with a clause that costs money later"
x.caught    = roi.pert(-0.20, 0.30, 0.60):doc "share of these no longer missed; below 0 if people trust it too much"
x.damage    = roi.between(800, 8000):unit "EUR/contract"
x.standard  = roi.pert(0.05, 0.15, 0.25):doc "contracts that need no lawyer in the end"
x.rules     = roi.pert(900, 1500, 3000):unit "EUR/quarter"
x.archive   = roi.pert(8e3, 15e3, 40e3):unit "EUR":doc "old contracts sorted, model clauses agreed on"

local pilot = u:pilot { weeks = 8, share = 0.2, cost = 3000, reads = { cut = { of = x.cut, sd = 0.45, n = 80, control = 80 } } }
local gate  = u:gate { after = pilot, continue_if = roi.ge(pilot.cut, 0.33), stop_cost = 1000 }
local work  = u:stages("contracts", {
  assisted   = roi.curve.ramp { before = pilot.share, from = gate.next, periods = 4, to = 0.9 },
  autonomous = roi.curve.ramp { from = gate.next + 9, periods = 9, to = x.standard } })
local saved = work.mean { person = 0, assisted = x.minutes * x.cut - x.check, autonomous = 0.9 * x.minutes }

local hours  = u:time_saved("reading", { volume = x.contracts, every = "month", minutes = saved, wage = x.wage, cash = x.cash })
local errors = u:errors_avoided("missed clauses", { volume = x.contracts * (1 - work.person), rate = x.missed, cut = x.caught,
  cost = x.damage, delay = 6 })
u:cost("archive", roi.at(gate.next, x.archive), { category = "data preparation" })
u:connectors("contract register", { stages = { { at = gate.next, build = roi.pert(15e3, 25e3, 60e3), run = 150 } }, every = "month" })
u:seats("licences", { count = lawyers * roi.curve.step { { gate.next, 1 } }, price = roi.pert(80, 110, 160), every = "month", commit = 12 })
u:training("course", { people = lawyers, hours = 8, wage = x.wage, at = gate.next, turnover = 0.1 })
u:cost("rules and spot checks", x.rules, { every = "quarter", category = "governance" })
u:risk("a draft sent unread", { probability = 0.15, loss = roi.between(1e4, 2e5), between = { 3, 36 } })

u:kpi("reading time saved", { dimension = "operational", unit = "share", value = hours * 60 / (x.contracts * x.minutes), baseline = 0,
  target = { 0.2, 0.3 }, by = { 8, 18 }, measured = "time sheets, against lawyers without it", often = "monthly" })
u:kpi("clauses missed", { dimension = "governance", unit = "a year", value = 12 * (x.contracts * x.missed - errors), baseline = 24,
  target = 18, by = 18, better = "lower", measured = "second reading of 30 contracts", often = "quarterly", owner = "General counsel" })
return m
