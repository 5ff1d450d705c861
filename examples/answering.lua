-- Answering mail in a heating firm, with an assistant that writes drafts: the model of docs/TUTORIAL.md.
local roi = require "roisim"

local model = roi.model { name = "Answering mail", horizon = 24, period = "month", discount_rate = 0.08, currency = "EUR" }
local mail = model:use_case("mail", { department = "Office", owner = "Anna", work = "admin", sources = { "mailbox" } })
local x = mail.inputs

x.letters = roi.pert(900, 1300, 1800):unit "letter/month"     -- least, most likely, most
x.minutes = roi.pert(5, 8, 14):unit "min/letter"
x.cut     = roi.pert(0.05, 0.40, 0.60)                        -- share of these minutes that an assistant saves
x.check   = roi.pert(0.3, 0.7, 1.5):unit "min/letter"         -- reading its draft

x.right = roi.pert(0.75, 0.92, 0.98)                          -- letters for which the customer's file is right
x.seen  = roi.pert(0.3, 0.6, 0.9)                             -- wrong files that somebody notices in time
local effect = x.cut * roi.curve.data_quality(x.right, { repair = 1.5, governance = x.seen })
local pilot  = mail:pilot { weeks = 4, cost = 400, reads = { effect = { of = effect, sd = 0.5, n = 150, control = 150 } } }
local gate   = mail:gate { after = pilot, continue_if = roi.ge(pilot.effect, 0.25), stop_cost = 200 }
local start  = gate.next - 1
local use    = roi.curve.ramp { from = start, periods = 4, to = 0.85 }
x.alone = roi.pert(0.05, 0.20, 0.35)                          -- letters that need no person in the end
local work   = mail:stages("letters", { assisted = use, autonomous = roi.curve.ramp { from = start + 6, periods = 6, to = x.alone } })
local saved  = work.mean { person = 0, assisted = x.minutes * effect - x.check, autonomous = 0.9 * x.minutes }
x.wage  = roi.between(26, 36):unit "EUR/hour"
x.cash  = roi.uniform(0.2, 0.6)                               -- of hours saved, what becomes money: overtime no longer paid
local hours  = mail:time_saved("answering", { volume = x.letters, every = "month", minutes = saved, wage = x.wage, cash = x.cash })

mail:kpi("hours freed", { goal = "the office closes at six", dimension = "strategic", unit = "hours/month", baseline = 0,
  target = { 20, 40 }, by = { 3, 6 }, value = hours, source = "time sheets", measured = "hours after six", often = "monthly" })

x.setup = roi.pert(1500, 2500, 6000):unit "EUR"
mail:cost("set-up", roi.at(start, x.setup), { category = "set-up" })
mail:training("half a day each", { people = 5, hours = 4, wage = x.wage, at = start })
mail:seats("licences", { count = 5, price = 25, every = "month" })
mail:ai_usage("tokens", { requests = x.letters * use, tokens_in = roi.between(1500, 6000), tokens_out = 400,
  price_in = 3, price_out = 15, per = 1e6 })

x.files = roi.pert(500, 1200, 4000):unit "EUR"
mail:cost("customer files put right", roi.at(start, x.files), { category = "data preparation" })
mail:cost("rules and spot checks", 40, { every = "month", category = "governance" })
mail:risk("data leak", { probability = 0.15, loss = roi.between(500, 10000), between = { 3, 24 } })

model:budget("AI", { ceiling = 7500, every = "year", alert = 0.8 })

mail:cost("log and weekly review", 60 * roi.curve.step { { start + 6, 1 } }, { category = "governance" })
mail:risk("wrong answer sent", { probability = 0.4, loss = roi.between(200, 4000), between = { 9, 24 } })

local offers = model:use_case("offers", { department = "Sales", owner = "Jonas", work = "hero", sources = { "price list" } })
offers.inputs.faster = roi.pert(0, 0.06, 0.15)                -- more offers accepted since they go out the same day
offers.inputs.prices = roi.pert(800, 1500, 4000):unit "EUR"
offers:conversion("orders", { leads = 40 * roi.curve.ramp { from = 6, periods = 4, to = 0.85 }, rate = roi.share(0.25, 0.40),
  lift = offers.inputs.faster, value = roi.between(900, 2500), margin = 0.3 })
offers:cost("price list put right", roi.at(6, offers.inputs.prices), { category = "data preparation" })
offers:cost("drafting tool", 90, { every = "month", category = "running" })

local checks = model:use_case("checks", { department = "Service", owner = "Anna", work = "undone", sources = { "customer files" } })
checks.inputs.back = roi.pert(0, 4, 12):unit "visit/month"    -- customers who come for the yearly check when reminded
checks:revenue("visits", { volume = checks.inputs.back * roi.curve.ramp { from = 6, periods = 4, to = 0.85 }, price = 140, margin = 0.45 })
checks:cost("reminders", 50, { every = "month", category = "running" })

model:cost("one person to ask", 80, { every = "month", category = "change management", spread = "equal" })

model:scenario("no automation", { ["mail.alone"] = 0 })
model:scenario("files left alone", { ["mail.right"] = roi.pert(0.5, 0.7, 0.85), ["mail.files"] = 0 })
model:scenario("twice the price", { ["mail.setup"] = x.setup * 2, ["offers.prices"] = offers.inputs.prices * 2 })
return model
