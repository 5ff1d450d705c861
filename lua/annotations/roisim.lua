---@meta roisim

-- What scripts of roisim can use, for the Lua language server (LuaLS): editors complete, explain and check by it. The command never
-- loads this file; tests/unit/annotations.lua compares it with what there is. docs/LANGUAGE.md explains all of it.

---A number, or a value that is uncertain.
---@alias roisim.Number number|roisim.Value

---A number or value that may differ from period to period.
---@alias roisim.Amount number|roisim.Value

---How often something falls: each of these.
---@alias roisim.Every "week"|"month"|"quarter"|"year"

---An uncertain value: a scalar, one number a trial; or a series, one number a period a trial. Conditions are 1 or 0.
---@class roisim.Value
---@field [integer] roisim.Value the value of a period of a series
---@operator add(roisim.Amount): roisim.Value
---@operator sub(roisim.Amount): roisim.Value
---@operator mul(roisim.Amount): roisim.Value
---@operator div(roisim.Amount): roisim.Value
---@operator mod(roisim.Amount): roisim.Value
---@operator idiv(roisim.Amount): roisim.Value
---@operator pow(roisim.Amount): roisim.Value
---@operator unm: roisim.Value
local Value = {}

---Names a draw that is no input, or labels a value: `explain` prints it and `--prob` finds it.
---@param text string
---@return roisim.Value
function Value:name(text) end

---The unit of an input, such as "USD/hour".
---@param text string
---@return roisim.Value
function Value:unit(text) end

---What an input is.
---@param text string
---@return roisim.Value
function Value:doc(text) end

---Where an input's numbers come from.
---@param text string
---@return roisim.Value
function Value:source(text) end

---A distribution given that it lies between two bounds; nil: open.
---@param low? roisim.Number
---@param high? roisim.Number
---@return roisim.Value
function Value:truncate(low, high) end

---A distribution whose values outside the bounds are moved to them; nil: open.
---@param low? roisim.Number
---@param high? roisim.Number
---@return roisim.Value
function Value:clamp(low, high) end

---What a function of `roi.per_trial` draws from.
---@class roisim.Rng
local Rng = {}

---A number between 0 and 1.
---@return number
function Rng:uniform() end

---A number from a distribution with plain parameters.
---@param distribution roisim.Value
---@return number
function Rng:draw(distribution) end

---Uncertain inputs, one a name. Each is set once, before its first use.
---@class roisim.Inputs
---@field [string] roisim.Value|number

---Outputs that reports show; a condition is reported as a probability.
---@class roisim.Outputs
---@field [string] roisim.Value|number

-- What models, use cases and actors have

---@class roisim.Part
---@field inputs roisim.Inputs
---@field npv roisim.Value present value of benefits minus costs
---@field roi roisim.Value npv / present value of costs
---@field payback roisim.Value the first period in which the cumulative flow is not negative
---@field discounted_payback roisim.Value the same of discounted flows
---@field irr roisim.Value internal rate of return, effective a year
---@field bcr roisim.Value present value of benefits / present value of costs
---@field pv_benefit roisim.Value
---@field pv_cost roisim.Value
---@field peak_funding roisim.Value the most that is out at any time
local Part = {}

---Fields of every benefit of the vocabulary.
---@class roisim.BenefitFields
---@field every? roisim.Every needed where a count is one number
---@field dip? roisim.Dip a gain that is smaller while people learn
---@field delay? roisim.Number periods between what is earned and what arrives
---@field kind? "cash"|"revenue"|"avoided"|"capacity"|"welfare" the last two are shown outside npv
---@field basis? "nominal"|"real" prices of its time, or of today

---@class roisim.Dip
---@field depth roisim.Amount the share of the gain that is gone at first
---@field periods roisim.Number until it is whole again
---@field from? roisim.Number 1 if left out

---Fields of every cost of the vocabulary.
---@class roisim.CostFields
---@field every? roisim.Every needed where a price or count is one number
---@field delay? roisim.Number periods between what is incurred and what is paid
---@field category? string for the table of costs
---@field paid? boolean true: sunk, listed and left out
---@field spread? "equal"|"benefits"|"costs"|table<string, number> how use cases share a cost of the model
---@field basis? "nominal"|"real" prices of its time, or of today

---@class roisim.BenefitOptions
---@field every? roisim.Every needed where the value is one number
---@field kind? "cash"|"revenue"|"avoided"|"capacity"|"welfare" the last two are shown outside npv
---@field delay? roisim.Number periods between what is earned and what arrives
---@field basis? "nominal"|"real" prices of its time, or of today

---What comes in. A number says how often it does, a series when.
---@param name string
---@param value roisim.Amount
---@param options? roisim.BenefitOptions
function Part:benefit(name, value, options) end

---@class roisim.CostOptions
---@field every? roisim.Every needed where the value is one number
---@field category? string for the table of costs
---@field delay? roisim.Number periods between what is incurred and what is paid
---@field basis? "nominal"|"real" prices of its time, or of today
---@field paid? boolean true: sunk, listed and left out
---@field spread? "equal"|"benefits"|"costs"|table<string, number> how use cases share a cost of the model

---What goes out, as a positive amount. A number says how often it does, a series when.
---@param name string
---@param value roisim.Amount
---@param options? roisim.CostOptions
function Part:cost(name, value, options) end

---When something may happen: one of these.
---@class roisim.When
---@field at? roisim.Number a period
---@field between? roisim.Number[] two periods, any of those between as likely
---@field triggered_by? roisim.Event another event that must have come
---@field lag? roisim.Number periods after that

---What risks and other events give back.
---@class roisim.Event
---@field at roisim.Value the period in which it comes; never if it does not
---@field occurs roisim.Value 1 or 0
---@field loss roisim.Value of a risk
---@field count roisim.Value of a risk by per_year: how many there are in each period
---@field factor roisim.Value of a price shock: a series to multiply prices by
---@field periods roisim.Value of a project delay: 0 where there is none
---@field running roisim.Value of an abandonment: a series, 0 after it

---@class roisim.RiskFields : roisim.When
---@field probability? roisim.Number that it comes, once at most
---@field per_year? roisim.Number or how often a year, any number of times
---@field loss? roisim.Number a positive amount
---@field severity? roisim.Number the same
---@field duration? roisim.Number periods that the loss goes on
---@field most? integer of losses in a period, by per_year
---@field basis? "nominal"|"real" prices of its time, or of today

---A loss that may come.
---@param name string
---@param fields roisim.RiskFields
---@return roisim.Event
function Part:risk(name, fields) end

---@class roisim.PriceShock : roisim.When
---@field probability roisim.Number
---@field factor roisim.Number prices from then on
---@field duration? roisim.Number periods that it holds

---A price that may jump; multiply costs by its `factor`.
---@param name string
---@param fields roisim.PriceShock
---@return roisim.Event
function Part:price_shock(name, fields) end

---@class roisim.Abandonment : roisim.When
---@field probability? roisim.Number once at most
---@field per_year? roisim.Number or a chance a year that does not change

---@class roisim.ProjectDelay
---@field periods roisim.Number how late, rounded up
---@field probability? roisim.Number that it comes at all; 1 if left out

---A project that may come late: `.periods` is how late it is in each trial.
---@param name string
---@param fields roisim.ProjectDelay
---@return roisim.Event
function Part:project_delay(name, fields) end

---The end of all that the part does, if it comes.
---@param name string
---@param fields roisim.Abandonment
---@return roisim.Event
function Part:abandonment(name, fields) end

---npv of what falls up to a period.
---@param period integer
---@return roisim.Value
function Part:npv_to(period) end

---roi of what falls up to a period.
---@param period integer
---@return roisim.Value
function Part:roi_to(period) end

---@class roisim.TimeSaved : roisim.BenefitFields
---@field volume roisim.Amount
---@field minutes roisim.Amount saved of each
---@field wage roisim.Amount an hour
---@field cash roisim.Amount the share of the saved hours that becomes money
---@field check? roisim.Amount minutes that checking each takes
---@field pool? roisim.Pool that the hours are taken from

---Hours saved, worth volume (minutes - check) / 60 x wage x cash.
---@param name string
---@param fields roisim.TimeSaved
---@return roisim.Value what there was of it in each period
function Part:time_saved(name, fields) end

---@class roisim.FreeHours
---@field volume? roisim.Amount
---@field minutes? roisim.Amount freed of each
---@field check? roisim.Amount minutes that checking each takes
---@field hours? roisim.Amount instead of volume and minutes
---@field pool? roisim.Pool that the hours are taken from
---@field every? roisim.Every
---@field dip? roisim.Dip

---Hours that are freed to be spent on something else.
---@param name string
---@param fields roisim.FreeHours
---@return roisim.Value what there was of it in each period
function Part:free_hours(name, fields) end

---@class roisim.Revenue : roisim.BenefitFields
---@field amount? roisim.Amount or volume and price
---@field volume? roisim.Amount
---@field price? roisim.Amount
---@field margin roisim.Amount the share that stays when what is sold has been paid for

---More sales, worth their margin.
---@param name string
---@param fields roisim.Revenue
---@return roisim.Value what there was of it in each period
function Part:revenue(name, fields) end

---@class roisim.Quality : roisim.BenefitFields
---@field revenue roisim.Amount
---@field value roisim.Amount of quality as it will be
---@field baseline roisim.Amount as it is
---@field elasticity? roisim.Number so many per cent more revenue for 1% more quality
---@field per_point? roisim.Number or the share of revenue that a point is worth
---@field most? roisim.Number the change is no more than that
---@field margin roisim.Amount

---Better quality that sells more, by a stated rule.
---@param name string
---@param fields roisim.Quality
---@return roisim.Value what there was of it in each period
function Part:quality(name, fields) end

---@class roisim.Personalisation : roisim.BenefitFields
---@field revenue roisim.Amount
---@field reach roisim.Amount the share of customers reached
---@field data? roisim.Amount the share whose data allow it
---@field lift roisim.Amount in revenue of those
---@field margin roisim.Amount

---Offers that fit each customer, revenue x reach x data x lift x margin.
---@param name string
---@param fields roisim.Personalisation
---@return roisim.Value what there was of it in each period
function Part:personalisation(name, fields) end

---@class roisim.ErrorsAvoided : roisim.BenefitFields
---@field volume roisim.Amount
---@field rate roisim.Amount of errors
---@field cut roisim.Amount the share of them that is avoided
---@field cost roisim.Amount of one

---Errors and rework avoided, volume x rate x cut x cost.
---@param name string
---@param fields roisim.ErrorsAvoided
---@return roisim.Value what there was of it in each period
function Part:errors_avoided(name, fields) end

---@class roisim.FasterCycle : roisim.BenefitFields
---@field cases roisim.Amount
---@field days? roisim.Amount that a case takes
---@field hours? roisim.Amount instead of days
---@field cut roisim.Amount the share of that which is saved
---@field value roisim.Amount of a day or hour less for one case

---Cases that are done sooner.
---@param name string
---@param fields roisim.FasterCycle
---@return roisim.Value what there was of it in each period
function Part:faster_cycle(name, fields) end

---@class roisim.FeesReplaced : roisim.BenefitFields
---@field fee roisim.Amount
---@field share roisim.Amount that is no longer paid

---Fees of agencies or for outsourcing that are no longer paid.
---@param name string
---@param fields roisim.FeesReplaced
---@return roisim.Value what there was of it in each period
function Part:fees_replaced(name, fields) end

---@class roisim.Conversion : roisim.BenefitFields
---@field leads roisim.Amount
---@field rate roisim.Amount of those who buy
---@field lift? roisim.Amount 0.1: 10% more of the rate
---@field to? roisim.Amount or the rate as it will be
---@field value roisim.Amount of a sale
---@field margin roisim.Amount the share of value that stays

---More of those who ask buy.
---@param name string
---@param fields roisim.Conversion
---@return roisim.Value what there was of it in each period
function Part:conversion(name, fields) end

---@class roisim.Retention : roisim.BenefitFields
---@field customers roisim.Amount
---@field churn roisim.Amount the share that leaves a period
---@field cut roisim.Amount the share of these that stays
---@field margin roisim.Amount a customer a period
---@field months roisim.Number that one who was kept goes on paying

---Fewer customers leave.
---@param name string
---@param fields roisim.Retention
---@return roisim.Value what there was of it in each period
function Part:retention(name, fields) end

---@class roisim.Acquired
---@field came roisim.Value
---@field customers roisim.Value those who are there
---@field ltv roisim.Number margin / churn
---@field ltv_cac? roisim.Number nil where cac is 0

---@class roisim.Acquisition : roisim.BenefitFields
---@field count roisim.Amount of customers won
---@field margin roisim.Number a customer a period
---@field churn roisim.Number the share that leaves a period
---@field cac roisim.Amount what winning one costs

---New customers, who pay until they leave.
---@param name string
---@param fields roisim.Acquisition
---@return roisim.Acquired
function Part:acquisition(name, fields) end

---@class roisim.Tier
---@field from number above which the price holds
---@field price roisim.Amount

---@class roisim.Seats : roisim.CostFields
---@field count roisim.Amount
---@field commit? integer months that each seat is paid for at least
---@field price? roisim.Amount or tiers
---@field tiers? roisim.Tier[] rising from 0
---@field pricing? "marginal"|"all_units" of tiers: for what lies above each, or for everything

---Licences by the seat.
---@param name string
---@param fields roisim.Seats
---@return roisim.Value what there was of it in each period
function Part:seats(name, fields) end

---@class roisim.Learning
---@field rate roisim.Number the share by which the unit cost falls with each doubling
---@field at? roisim.Number units from which it does

---@class roisim.Usage : roisim.CostFields
---@field units roisim.Amount
---@field included? roisim.Amount units free in each period
---@field learning? roisim.Learning
---@field price? roisim.Amount or tiers
---@field tiers? roisim.Tier[] rising from 0
---@field pricing? "marginal"|"all_units" of tiers: for what lies above each, or for everything

---What is paid for by use.
---@param name string
---@param fields roisim.Usage
---@return roisim.Value what there was of it in each period
function Part:usage(name, fields) end

---@class roisim.Steps : roisim.CostFields
---@field load roisim.Amount
---@field capacity roisim.Amount of one
---@field price roisim.Amount of one
---@field already? roisim.Amount there are

---What is bought by the piece as the load grows.
---@param name string
---@param fields roisim.Steps
---@return roisim.Value what there was of it in each period
function Part:steps(name, fields) end

---@class roisim.ConnectorStage
---@field at roisim.Number
---@field count? roisim.Number
---@field build roisim.Number each
---@field run? roisim.Number each

---@class roisim.Connectors : roisim.CostFields
---@field stages roisim.ConnectorStage[]

---Connections to other systems, by stage.
---@param name string
---@param fields roisim.Connectors
---@return roisim.Value what there was of it in each period
function Part:connectors(name, fields) end

---@class roisim.Training : roisim.CostFields
---@field people roisim.Amount
---@field hours? roisim.Amount each
---@field wage? roisim.Amount an hour
---@field fee? roisim.Amount each
---@field at? roisim.Number
---@field turnover? roisim.Number the share that is replaced a year

---Training, also of those who come later.
---@param name string
---@param fields roisim.Training
---@return roisim.Value what there was of it in each period
function Part:training(name, fields) end

---@class roisim.Cache
---@field hits roisim.Amount
---@field discount roisim.Amount

---@class roisim.Batch
---@field share roisim.Amount
---@field discount roisim.Amount

---@class roisim.Route
---@field share roisim.Amount
---@field price_in roisim.Amount
---@field price_out roisim.Amount

---@class roisim.Stair
---@field at? roisim.Number the period from which it holds
---@field when? roisim.Value or the condition
---@field price_in roisim.Amount
---@field price_out roisim.Amount

---@class roisim.Agreement
---@field minimum? roisim.Number
---@field every? roisim.Every that the minimum is for
---@field discount? roisim.Amount

---@class roisim.Review
---@field share roisim.Amount
---@field minutes roisim.Amount
---@field wage roisim.Amount

---@class roisim.AiUsage : roisim.CostFields
---@field requests roisim.Amount
---@field tokens_in roisim.Amount a request
---@field tokens_out roisim.Amount a request
---@field price_in roisim.Amount
---@field price_out roisim.Amount
---@field per number tokens that the prices are for: 1e6
---@field retries? roisim.Amount a request
---@field cache? roisim.Cache
---@field batch? roisim.Batch
---@field routing? roisim.Route[] to other models
---@field staircase? roisim.Stair|roisim.Stair[] to other prices
---@field decline? roisim.Number of prices a year
---@field price_factor? roisim.Amount
---@field agreement? roisim.Agreement
---@field review? roisim.Review by people

---What a model used by the token costs.
---@param name string
---@param fields roisim.AiUsage
---@return roisim.Value what there was of it in each period
function Part:ai_usage(name, fields) end

---@class roisim.Stages
---@field assisted? roisim.Amount the share that people do with an assistant
---@field autonomous? roisim.Amount the share that the assistant does alone

---@class roisim.StageShares
---@field person roisim.Value
---@field assisted roisim.Value
---@field autonomous roisim.Value
---@field mean fun(by_stage: roisim.ByStage): roisim.Value what a unit takes on average

---@class roisim.ByStage
---@field person roisim.Amount
---@field assisted roisim.Amount
---@field autonomous roisim.Amount

---Shares of some work that move from people to assistants.
---@param name string
---@param fields roisim.Stages
---@return roisim.StageShares
function Part:stages(name, fields) end

---@class roisim.Kpi
---@field goal? string
---@field unit? string
---@field measured? string how
---@field often? string
---@field source? string of the data
---@field owner? string
---@field dimension "financial"|"operational"|"strategic"|"governance"
---@field value roisim.Amount
---@field baseline? roisim.Number|string
---@field target roisim.Number|roisim.Number[]
---@field by? integer|integer[] dates; the horizon if left out
---@field better? "higher"|"lower"

---A figure to watch: its distribution at each date and the chance of meeting the target.
---@param name string
---@param fields roisim.Kpi
function Part:kpi(name, fields) end

-- Use cases and actors

---A part of a model with inputs, flows and outputs of its own, which count in the whole.
---@class roisim.UseCase : roisim.Part
---@field name string
---@field department? string
---@field owner? string
---@field work? "hero"|"admin"|"undone"
local UseCase = {}

---@class roisim.Reading
---@field of roisim.Number the value that is measured
---@field sd roisim.Number of one observation
---@field n roisim.Number observations
---@field control? roisim.Number observations to compare with

---@class roisim.Pilot
---@field name? string
---@field weeks? number how long it takes
---@field periods? number instead of weeks
---@field start? integer
---@field share? roisim.Number
---@field cost? roisim.Number
---@field reads? table<string, roisim.Reading>

---@class roisim.PilotResult
---@field start integer
---@field last integer
---@field share? roisim.Number
---@field [string] roisim.Value a reading

---A trial on a small scale, whose readings are noisy.
---@param fields roisim.Pilot
---@return roisim.PilotResult
function UseCase:pilot(fields) end

---@class roisim.Gate
---@field name? string
---@field after? roisim.PilotResult
---@field at? roisim.Number a period, instead of after
---@field continue_if roisim.Value a condition on readings
---@field stop_cost? roisim.Number
---@field oracle? boolean true: may decide on what nobody knows

---@class roisim.GateResult
---@field at roisim.Number
---@field next roisim.Value the period after a pass, else never
---@field passed roisim.Value

---A decision to go on or to stop.
---@param fields roisim.Gate
---@return roisim.GateResult
function UseCase:gate(fields) end

---A rival, whose outputs stand beside the others' and are never added up.
---@class roisim.Actor : roisim.UseCase

-- The model

---@class roisim.Model : roisim.Part
---@field name string
---@field horizon integer the last period
---@field period roisim.Every
---@field currency string
---@field discount_rate roisim.Number effective a year; may be set before the first output is read
---@field inflation roisim.Number a year
---@field outputs roisim.Outputs
---@field time roisim.Value the series 1, 2, ..., horizon
local Model = {}

---A plain number that `--set` changes.
---@param name string
---@param default number
---@return number
function Model:param(name, default) end

---The probability a period of which a year makes p.
---@param p roisim.Amount of a year
---@return roisim.Amount
function Model:per_period(p) end

---The rate a period that compounds to g a year.
---@param g roisim.Amount of a year
---@return roisim.Amount
function Model:per_period_growth(g) end

---@class roisim.Correlations
---@field [integer] { [1]: roisim.Value|string, [2]: roisim.Value|string, [3]: number } two draws and their correlation
---@field kind? "spearman"|"pearson"
---@field csv? string a file with a whole matrix

---Draws that move together.
---@param pairs roisim.Correlations
function Model:correlate(pairs) end

---@class roisim.UseCaseFields
---@field department? string
---@field owner? string
---@field work? "hero"|"admin"|"undone"
---@field sources? string[] of its data

---A part with inputs, flows and outputs of its own.
---@param name string
---@param fields? roisim.UseCaseFields
---@return roisim.UseCase
function Model:use_case(name, fields) end

---A rival, whose outputs are never added up.
---@param name string
---@return roisim.Actor
function Model:actor(name) end

---@class roisim.PoolFields
---@field hours roisim.Amount there are in each period
---@field rule? "pro_rata"|"order" all are cut alike, or who comes first is served first

---Hours that there are only so many of.
---@class roisim.Pool
---@field name string
---@field hours roisim.Value
---@field rule "pro_rata"|"order"

---Hours that two use cases can't save twice.
---@param name string
---@param fields roisim.PoolFields
---@return roisim.Pool
function Model:pool(name, fields) end

---@class roisim.BudgetFields
---@field ceiling roisim.Number|roisim.Number[] one for each span
---@field every? roisim.Every the whole horizon if left out
---@field alert? number share of the ceiling at which to warn
---@field category? string|string[] of costs that count

---A ceiling for what is spent.
---@param name string
---@param fields roisim.BudgetFields
function Model:budget(name, fields) end

---The model with other values for some of its inputs and parameters; `roisim compare` sets scenarios side by side.
---@param name string
---@param overrides table<string, roisim.Amount> by the names of inputs and parameters
function Model:scenario(name, overrides) end

---@class roisim.UsualMethod
---@field benefits? number[] low, most likely and high factor
---@field costs? number[] likewise
---@field years? integer
---@field rate? number

---The single risk-adjusted return that consultants quote, beside the simulated range.
---@param fields? roisim.UsualMethod
function Model:usual_method(fields) end

-- Functions

local roi = {}

---A period that never comes: above every number.
---@type number
roi.never = nil

---One of these.
---@class roisim.Terminal
---@field value? roisim.Number of the whole
---@field multiple? roisim.Number of the last year's net flow
---@field growth? roisim.Number a year of a perpetuity

---@class roisim.ModelFields
---@field name? string the file's if left out
---@field horizon? integer the last period (12)
---@field period? roisim.Every "month" if left out
---@field discount_rate? roisim.Number effective a year (0)
---@field currency? string
---@field inflation? roisim.Number a year (0)
---@field tax_rate? roisim.Number on the net flow of each period (0)
---@field terminal? roisim.Terminal what stands at the horizon (nothing)

---The model: one a script, before anything that has periods.
---@param fields roisim.ModelFields
---@return roisim.Model
function roi.model(fields) end

---@class roisim.Expectation
---@field of any the value, or a function that must fail
---@field within? number tolerance
---@field equal? any of what is plain
---@field error? string part of the message
---@field mean? number
---@field sd? number
---@field median? number
---@field p1? number
---@field p5? number
---@field p10? number
---@field p25? number
---@field p50? number
---@field p75? number
---@field p90? number
---@field p95? number
---@field p99? number
---@field probability? number of a condition
---@field at_least? number in every trial
---@field at_most? number in every trial

---In test scripts (roisim test): what must hold.
---@param name string
---@param fields roisim.Expectation
function roi.expect(name, fields) end

---A series that comes later by a number of periods.
---@param series roisim.Value
---@param periods roisim.Number
---@return roisim.Value
function roi.delayed(series, periods) end

---The numbers of a file beside the script.
---@param name string
---@return number[]
function roi.data(name) end

---A value in one period, 0 in the others.
---@param period roisim.Number
---@param value roisim.Amount
---@return roisim.Value
function roi.at(period, value) end

---A series from period 1.
---@param list roisim.Number[]
---@return roisim.Value
function roi.series(list) end

---A series by recurrence; init stands before period 1.
---@param init roisim.Number
---@param step fun(prev: roisim.Number, p: integer): roisim.Number
---@return roisim.Value
function roi.recur(init, step) end

---A distribution drawn anew in each period.
---@param distribution roisim.Value
---@return roisim.Value
function roi.each_period(distribution) end

---A function of plain numbers that is called once a trial.
---@param name string
---@param f fun(rng: roisim.Rng, ...: any): number
---@param ... roisim.Amount
---@return roisim.Value
function roi.per_trial(name, f, ...) end

-- Distributions: parameters in order, or by name in a table; a continuous family of two also by any two quantiles,
-- { p5 =, p95 = }, or by { mean =, sd = }.

---@param mean roisim.Amount
---@param sd roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.normal(mean, sd) end

---@param mu roisim.Amount
---@param sigma roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.lognormal(mu, sigma) end

---@param min roisim.Amount
---@param max roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.uniform(min, max) end

---@param min roisim.Amount
---@param mode roisim.Amount
---@param max roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.triangular(min, mode, max) end

---@param min roisim.Amount
---@param mode roisim.Amount
---@param max roisim.Amount
---@param lambda? roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.pert(min, mode, max, lambda) end

---@param a roisim.Amount
---@param b roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.beta(a, b) end

---@param shape roisim.Amount
---@param scale roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.gamma(shape, scale) end

---@param rate roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.exponential(rate) end

---@param shape roisim.Amount
---@param scale roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.weibull(shape, scale) end

---@param location roisim.Amount
---@param scale roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.logistic(location, scale) end

---@param location roisim.Amount
---@param scale roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.gumbel(location, scale) end

---@param shape roisim.Amount
---@param scale roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.pareto(shape, scale) end

---@param df roisim.Amount
---@param location? roisim.Amount
---@param scale? roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.student_t(df, location, scale) end

---@param p roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.bernoulli(p) end

---@param n roisim.Amount
---@param p roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.binomial(n, p) end

---@param mean roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.poisson(mean) end

---@param p roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.geometric(p) end

---@param r roisim.Amount
---@param p roisim.Amount
---@return roisim.Value
---@overload fun(fields: table<string, roisim.Amount>): roisim.Value
function roi.negative_binomial(r, p) end

---One of some values, by weight.
---@param list { [1]: roisim.Amount, [2]: roisim.Amount }[] value and weight
---@return roisim.Value
function roi.discrete(list) end

---One of the values, all as likely.
---@param list number[]
---@return roisim.Value
function roi.empirical(list) end

---Through any quantiles.
---@param fields table<string, roisim.Amount> quantiles p10 =, p50 =, ..., and bounds min =, max =
---@return roisim.Value
function roi.metalog(fields) end

---90% lies between: lognormal if low is above 0, else normal.
---@param low roisim.Amount
---@param high roisim.Amount
---@return roisim.Value
function roi.between(low, high) end

---90% lies between, on [0, 1].
---@param low roisim.Amount
---@param high roisim.Amount
---@return roisim.Value
function roi.share(low, high) end

---One of some distributions, by weight.
---@param list { [1]: roisim.Amount, [2]: roisim.Value }[] weight and distribution
---@return roisim.Value
function roi.mixture(list) end

-- Elementary functions: plain numbers of plain numbers, values of values.

---@param a roisim.Amount
---@return roisim.Amount
function roi.abs(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.floor(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.ceil(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.round(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.sqrt(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.exp(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.log10(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.log1p(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.expm1(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.sin(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.cos(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.tan(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.tanh(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.atan(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.sigmoid(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.normal_cdf(a) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.normal_quantile(a) end

---@param a roisim.Amount
---@param base? roisim.Amount
---@return roisim.Amount
function roi.log(a, base) end

---@param a roisim.Amount
---@param b roisim.Amount
---@return roisim.Amount
function roi.pow(a, b) end

---@param ... roisim.Amount
---@return roisim.Amount
function roi.min(...) end

---@param ... roisim.Amount
---@return roisim.Amount
function roi.max(...) end

---@param a roisim.Amount
---@param low roisim.Amount
---@param high roisim.Amount
---@return roisim.Amount
function roi.clamp(a, low, high) end

---@param a roisim.Amount
---@param b roisim.Amount
---@return roisim.Amount
function roi.lt(a, b) end

---@param a roisim.Amount
---@param b roisim.Amount
---@return roisim.Amount
function roi.le(a, b) end

---@param a roisim.Amount
---@param b roisim.Amount
---@return roisim.Amount
function roi.gt(a, b) end

---@param a roisim.Amount
---@param b roisim.Amount
---@return roisim.Amount
function roi.ge(a, b) end

---@param a roisim.Amount
---@param b roisim.Amount
---@return roisim.Amount
function roi.eq(a, b) end

---@param a roisim.Amount
---@param b roisim.Amount
---@return roisim.Amount
function roi.ne(a, b) end

---@param ... roisim.Amount
---@return roisim.Amount
function roi.all(...) end

---@param ... roisim.Amount
---@return roisim.Amount
function roi.any(...) end

---@param a roisim.Amount
---@return roisim.Amount
function roi.no(a) end

---a where the condition holds, else b.
---@param condition roisim.Amount
---@param a roisim.Amount
---@param b roisim.Amount
---@return roisim.Amount
function roi.where(condition, a, b) end

---Straight lines through points.
---@param a roisim.Amount
---@param xs number[] rising
---@param ys number[]
---@return roisim.Amount
function roi.interp(a, xs, ys) end

-- Functions of a series, or of a list of numbers and scalars.

---@alias roisim.Series roisim.Value|roisim.Number[]

---@param s roisim.Series
---@return roisim.Number
function roi.sum(s) end

---@param s roisim.Series
---@return roisim.Number
function roi.mean(s) end

---@param s roisim.Series
---@return roisim.Number
function roi.last(s) end

---@param s roisim.Series
---@return roisim.Number
function roi.max_over(s) end

---@param s roisim.Series
---@return roisim.Number
function roi.min_over(s) end

---@param s roisim.Series
---@return roisim.Number
function roi.first(s) end

---@param s roisim.Series
---@return roisim.Number
function roi.irr(s) end

---@param s roisim.Series
---@return roisim.Value|roisim.Number[]
function roi.cumsum(s) end

---@param s roisim.Series
---@return roisim.Value|roisim.Number[]
function roi.cumprod(s) end

---@param s roisim.Series
---@return roisim.Value|roisim.Number[]
function roi.diff(s) end

---@param s roisim.Series
---@param periods? integer 1 if left out
---@return roisim.Value|roisim.Number[]
function roi.lag(s, periods) end

---@param rate roisim.Number a period
---@param s roisim.Series
---@return roisim.Number
function roi.npv(rate, s) end

---@param s roisim.Series
---@param rate roisim.Number a period
---@return roisim.Value|roisim.Number[]
function roi.discount(s, rate) end

-- Curves over time. t may be left out where a table follows: model.time.

roi.curve = {}

---@class roisim.TwoPoints
---@field start roisim.Number the value at `from`
---@field reach roisim.Number the value at `at`
---@field at roisim.Number
---@field from? roisim.Number
---@field top? roisim.Number what it nears (1)

---An S from 0 to 1.
---@param t roisim.Amount
---@param k roisim.Number a period
---@param mid roisim.Number
---@return roisim.Amount
---@overload fun(t: roisim.Amount, fields: roisim.TwoPoints): roisim.Amount
---@overload fun(fields: roisim.TwoPoints): roisim.Amount
function roi.curve.logistic(t, k, mid) end

---An S from 0 to 1.
---@param t roisim.Amount
---@param k roisim.Number a period
---@param mid roisim.Number
---@return roisim.Amount
---@overload fun(t: roisim.Amount, fields: roisim.TwoPoints): roisim.Amount
---@overload fun(fields: roisim.TwoPoints): roisim.Amount
function roi.curve.gompertz(t, k, mid) end

---The share that has adopted by t.
---@param t roisim.Amount
---@param p roisim.Number by themselves
---@param q roisim.Number by imitation
---@return roisim.Amount
function roi.curve.bass(t, p, q) end

---@class roisim.Ramp
---@field before? roisim.Number
---@field from roisim.Number
---@field periods? roisim.Number
---@field till? roisim.Number instead of periods
---@field to roisim.Number

---A straight line between two levels.
---@param t roisim.Amount
---@param fields roisim.Ramp
---@return roisim.Amount
---@overload fun(fields: roisim.Ramp): roisim.Amount
function roi.curve.ramp(t, fields) end

---@class roisim.Step
---@field [integer] { [1]: roisim.Number, [2]: roisim.Number } time and level
---@field before? roisim.Number

---Each level from its time on.
---@param t roisim.Amount
---@param fields roisim.Step
---@return roisim.Amount
---@overload fun(fields: roisim.Step): roisim.Amount
function roi.curve.step(t, fields) end

---@class roisim.Piecewise
---@field [integer] { [1]: roisim.Number, [2]: roisim.Number } time and value

---Straight lines through points.
---@param t roisim.Amount
---@param fields roisim.Piecewise
---@return roisim.Amount
---@overload fun(fields: roisim.Piecewise): roisim.Amount
function roi.curve.piecewise(t, fields) end

---@class roisim.CsvColumn
---@field file string
---@field column? string|integer
---@field time? string|integer
---@field hold? boolean the last value stays

---Straight lines through the numbers of a column.
---@param t roisim.Amount
---@param fields roisim.CsvColumn
---@return roisim.Amount
---@overload fun(fields: roisim.CsvColumn): roisim.Amount
function roi.curve.csv(t, fields) end

---@class roisim.Wright
---@field first roisim.Amount unit cost up to `at`
---@field rate roisim.Number the share by which it falls with each doubling
---@field at? roisim.Number units (1)

---A unit cost that falls with the number of units made.
---@param cumulative roisim.Amount
---@param fields roisim.Wright
---@return roisim.Amount
function roi.curve.wright(cumulative, fields) end

---@class roisim.LearningCurve
---@field start roisim.Number
---@field top roisim.Number
---@field half roisim.Number use in which half of what is left is learnt

---Quality that learns with use.
---@param cumulative roisim.Amount
---@param fields roisim.LearningCurve
---@return roisim.Amount
function roi.curve.learning(cumulative, fields) end

---@class roisim.DataQuality
---@field repair roisim.Amount what an item spoiled by bad data costs, in gains of a good one
---@field governance roisim.Amount the share of these that is caught before it does harm

---What the quality of data makes of an effect: a factor, below 0 where bad data do harm.
---@param quality roisim.Amount the share of items on good data
---@param fields roisim.DataQuality
---@return roisim.Amount
function roi.curve.data_quality(quality, fields) end

-- Series with a memory.

roi.process = {}

---@class roisim.Process
---@field name? string of the draws
---@field shock? roisim.Value instead of standard normal draws

---@class roisim.Ar1 : roisim.Process
---@field mean? roisim.Number
---@field phi roisim.Number
---@field sd roisim.Number
---@field start? roisim.Number

---x = mean + phi (x before - mean) + sd e
---@param fields roisim.Ar1
---@return roisim.Value
function roi.process.ar1(fields) end

---@class roisim.MeanReversion : roisim.Process
---@field level roisim.Number
---@field speed roisim.Number
---@field sd roisim.Number
---@field start? roisim.Number
---@field log? boolean the logarithm reverts

---Pulled back to a level.
---@param fields roisim.MeanReversion
---@return roisim.Value
function roi.process.mean_reversion(fields) end

---@class roisim.RandomWalk : roisim.Process
---@field start? roisim.Number
---@field drift? roisim.Number
---@field sd roisim.Number

---x = x before + drift + sd e
---@param fields roisim.RandomWalk
---@return roisim.Value
function roi.process.random_walk(fields) end

---@class roisim.GeometricWalk : roisim.Process
---@field start roisim.Number
---@field growth? roisim.Number
---@field sd roisim.Number

---x = x before (1 + growth) exp(sd e - sd^2 / 2)
---@param fields roisim.GeometricWalk
---@return roisim.Value
function roi.process.geometric_walk(fields) end

---@class roisim.Jump
---@field name? string of the draws
---@field rate roisim.Number jumps a period
---@field size roisim.Number
---@field most? integer jumps in a period

---Jumps now and then.
---@param fields roisim.Jump
---@return roisim.Value
function roi.process.jump(fields) end

return roi
