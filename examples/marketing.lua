-- An online shop that sells by subscription: articles and pictures made with an assistant instead of an agency, better leads, and offers
-- that fit the customer, which need access to customer data and their consent.
local roi = require "roisim"

local m = roi.model { name = "Marketing", horizon = 24, period = "month", currency = "USD", discount_rate = 0.12 }
local content = m:use_case("content", { department = "Marketing", owner = "Editor", work = "hero", sources = { "CMS", "analytics" } })
local offers  = m:use_case("offers", { department = "Marketing", owner = "CRM manager", work = "undone", sources = { "shop", "CRM" } })

local c, o = content.inputs, offers.inputs
c.fee    = roi.pert(3800, 4500, 6000):unit "USD/month":doc "the agency's, today"
c.taken  = roi.pert(0.15, 0.40, 0.70):doc "share of the agency's work done in the house"
c.pieces = roi.pert(20, 30, 45):unit "piece/month"
c.saved  = roi.pert(-30, 40, 100):unit "min/piece":doc "less writing; below 0 if the agency's share takes more than it saves"
c.check  = roi.pert(15, 30, 60):unit "min/piece":doc "facts, rights, tone"
c.leads  = roi.pert(3500, 5000, 7000):unit "lead/month"
c.more   = roi.pert(-0.03, 0.04, 0.15):doc "more leads by more articles; fewer if searches rank them down"
c.buy    = roi.share(0.03, 0.05):doc "leads that subscribe"
c.better = roi.pert(0, 0.03, 0.10):doc "more of them, since articles answer what buyers ask"
c.margin = roi.between(9, 16):unit "USD/customer/month"
c.churn  = roi.pert(0.04, 0.06, 0.10):unit "share/month"
c.cac    = roi.between(40, 90):unit "USD/customer"
c.guide  = roi.pert(3e3, 5e3, 10e3):unit "USD"
o.sales   = roi.pert(100e3, 140e3, 190e3):unit "USD/month":doc "to customers there are"
o.consent = roi.pert(0.40, 0.60, 0.80):doc "customers who allow the use of their data"
o.lift    = roi.pert(-0.01, 0.02, 0.06):doc "more revenue from those reached"
o.access  = roi.pert(180, 250, 500):unit "USD/month"
o.records = roi.pert(1e3, 2e3, 7e3):unit "USD"
o.privacy = roi.pert(80, 150, 400):unit "USD/month"

local use, reach = roi.curve.ramp { from = 1, periods = 4, to = 0.9 }, roi.curve.ramp { from = 4, periods = 6, to = 0.8 }
content:fees_replaced("agency", { fee = c.fee, every = "month", share = c.taken * use })
content:time_saved("writing", { volume = c.pieces * use, minutes = c.saved, check = c.check, wage = 38, cash = roi.uniform(0.1, 0.4) })
local won = content:acquisition("subscribers", { count = c.leads * c.buy * ((1 + c.more * use) * (1 + c.better * use) - 1),
  margin = c.margin, churn = c.churn, cac = c.cac, delay = 2 })
content:seats("licences", { count = 5, price = 60, every = "month" })
content:cost("style guide and training", roi.at(0, c.guide), { category = "training" })

offers:personalisation("offers", { revenue = o.sales, every = "month", reach = reach, data = o.consent, lift = o.lift, margin = 0.35 })
offers:cost("customer data platform", o.access, { every = "month", category = "data access" })
offers:cost("clean-up of records", roi.at(2, o.records), { category = "data preparation" })
offers:cost("consent and privacy", o.privacy, { every = "month", category = "governance" })
offers:ai_usage("texts of offers", { requests = 8000 * reach, tokens_in = roi.between(800, 3000), tokens_out = 250,
  price_in = 3, price_out = 12, per = 1e6, decline = roi.uniform(0, 0.4) })
offers:risk("complaint over data", { per_year = 0.03, loss = roi.between(3e3, 4e4) })

content:kpi("new customers", { dimension = "operational", unit = "a month", value = won.came, baseline = 0, target = 10, by = 12,
  measured = "shop, against the same month of last year", often = "monthly" })
content:kpi("LTV to CAC", { dimension = "financial", value = won.ltv_cac, baseline = "to be measured", target = 3, by = 12 })
offers:kpi("consent", { dimension = "governance", unit = "share", value = o.consent, baseline = 0.5, target = 0.6, by = 6, source = "CRM" })
return m
