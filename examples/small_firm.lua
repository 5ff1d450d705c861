-- Eight uses of AI in a firm of nine that renovates homes, in Korean won (10,000 are about 7 USD): work that it is proud of (hero), that
-- must be done (admin), that is left for lack of time (undone). One budget for all, and the same evening can be saved only once.
local roi = require "roisim"

local m = roi.model { name = "Small firm, eight uses", horizon = 24, period = "month", currency = "KRW", discount_rate = 0.10 }
local x = m.inputs
x.hour = roi.between(16e3, 26e3):unit "KRW/hour"
x.cash = roi.uniform(0.1, 0.4):doc "of saved hours: overtime no longer paid"
x.job  = roi.between(6e5, 16e5):unit "KRW/order":doc "what stays of an order"
x.pace = roi.pert(2, 4, 9):unit "month":doc "until a use is at its full share"

local evenings = m:pool("evening hours", { hours = roi.pert(40, 60, 80) })      -- a month, of the owner and two others
local function full_after(month) return roi.curve.ramp { from = month, periods = x.pace, to = 0.85 } end

-- The three uses that free evenings.
local function evening_work(name, f)
  local u = m:use_case(name, { department = "Office", owner = f.owner, work = "admin", sources = f.sources })
  u.inputs.minutes = f.minutes
  u:cost("set-up", roi.at(f.month, f.setup), { category = "set-up" })
  u:cost("service", f.service, { every = "month", category = "running" })
  return u:time_saved("evenings", { volume = f.volume * full_after(f.month), minutes = u.inputs.minutes, check = f.check, wage = x.hour,
    cash = x.cash, pool = evenings })
end

local hours = evening_work("invoices", { owner = "Bookkeeper", sources = { "bank", "tax invoices" }, month = 0, volume = 260,
  minutes = roi.pert(2, 5, 8), check = 1, setup = 8e5, service = 6e4 })
hours = hours + evening_work("site reports", { owner = "Site manager", sources = { "photos", "diary" }, month = 0, volume = 90,
  minutes = roi.pert(8, 20, 35), check = 5, setup = 4e5, service = 3e4 })
hours = hours + evening_work("messages", { owner = "Owner", sources = { "mail", "messenger" }, month = 2, volume = 600,
  minutes = roi.pert(0.5, 2, 4), check = 0.5, setup = 3e5, service = 4e4 })

local design = m:use_case("design", { department = "Design", owner = "Designer", work = "hero", sources = { "plans", "catalogues" } })
design.inputs.lift = roi.pert(0, 0.06, 0.20):doc "more offers accepted when they come with pictures"
design:conversion("offers accepted", { leads = 30 * full_after(1), rate = roi.share(0.2, 0.3), lift = design.inputs.lift,
  value = x.job, margin = 1 })
design:seats("image tool", { count = 2, price = roi.between(3e4, 7e4), every = "month" })
design:training("course", { people = 2, hours = 24, wage = x.hour, fee = 3e5 })

local quotes = m:use_case("quotes", { department = "Sales", owner = "Owner", work = "hero", sources = { "price lists", "old offers" } })
quotes.inputs.clean = roi.pert(6e5, 12e5, 30e5):unit "KRW"
quotes:errors_avoided("wrong quantities", { volume = 30 * full_after(1), rate = 0.08, cut = roi.pert(0, 0.15, 0.40),
  cost = roi.between(2e5, 9e5) })
quotes:cost("price data cleaned", roi.at(0, quotes.inputs.clean), { category = "data preparation" })

local calls = m:use_case("lunch calls", { department = "Sales", owner = "Owner", work = "undone", sources = { "telephone" } })
calls.inputs.caught = roi.pert(1, 4, 9):unit "call/month":doc "that would have gone to others"
calls.inputs.orders = roi.share(0.05, 0.20):doc "calls that become an order"
calls:revenue("orders", { volume = calls.inputs.caught * calls.inputs.orders * full_after(0), price = x.job, margin = 1, delay = 1 })
calls:cost("voice service", 11e4, { every = "month", category = "running" })

local bids = m:use_case("public bids", { department = "Sales", owner = "Owner", work = "undone", sources = { "procurement site" } })
bids.inputs.won, bids.inputs.forms = roi.pert(0, 1, 3):unit "contract/year", roi.pert(12e5, 20e5, 40e5):unit "KRW"
bids:revenue("contracts", { volume = bids.inputs.won / 12 * full_after(3), price = roi.between(2e6, 9e6), margin = 1, delay = 4 })
bids:cost("forms and records", roi.at(2, bids.inputs.forms), { category = "set-up" })
bids:cost("checking of drafts", 9e4, { every = "month", category = "review" })

local care = m:use_case("reminders", { department = "Service", owner = "Site manager", work = "undone", sources = { "customer list" } })
care.inputs.back, care.inputs.clean = roi.pert(0, 0.01, 0.03), roi.pert(3e5, 6e5, 15e5):unit "KRW"     -- a month, of 400 old customers
care:revenue("small orders", { volume = 400 * care.inputs.back * full_after(4), price = roi.between(8e4, 30e4), margin = 0.4 })
care:cost("list cleaned", roi.at(3, care.inputs.clean), { category = "data preparation" })
care:cost("sending", 4e4, { every = "month", category = "running" })

x.rules = roi.pert(5e5, 10e5, 25e5):unit "KRW"
m:seats("assistants", { count = 9, price = 3e4, every = "month" })
m:cost("privacy rules", roi.at(0, x.rules), { category = "governance" })
m:risk("customer data leaked", { per_year = 0.03, loss = roi.between(2e6, 3e7) })
m:budget("AI", { ceiling = 15e6, every = "year", alert = 0.8 })
m:kpi("evenings freed", { goal = "home at seven", dimension = "strategic", unit = "hours/month", source = "calendar", value = hours,
  baseline = 0, target = { 25, 40 }, by = { 6, 12 } })
m:kpi("back from all eight", { dimension = "financial", value = m:roi_to(24), target = 0.3, by = 24 })
return m
