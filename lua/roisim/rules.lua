-- The rules of `roisim check`: the name of each, and why what it finds is likely a mistake and what to do. A piece of lua/roisim.lua,
-- loaded when a model is checked. docs/CHECK.md has the same table for readers.
return function()

return {
  { "model", "The library found this while the script ran." },
  { "unset-name", "To Lua a name that was never set is nil, and a field that is nil is one that was left out. Set it, correct its "
    .. "spelling, or put a text in quotes." },
  { "unused-input", "A range that moves nothing is either forgotten in a formula or left over. Use it, or delete it." },
  { "unused-condition", "Lua decides `if` once, while the model is built; what differs from trial to trial is chosen by "
    .. "roi.where(condition, a, b). A test of == against a plain number is always false for an uncertain one: write roi.eq." },
  { "lost-annotation", "A unit or a source that belongs to no input is in no report. Set it where model.inputs.NAME is set." },
  { "empty-part", "A use case without flows has no value of its own. Give it benefits and costs, or delete it." },
  { "past-horizon", "What falls after the horizon is not counted, whoever reads the script. Raise the horizon or move it." },
  { "negative-flow", "A cost below 0 is a benefit, and hides among the costs. Turn the sign, or declare the other side." },
  { "percent", "Rates and shares are numbers of which 1 is 100%. Written in percent they are a hundred times too large." },
  { "interval-from-0", "A 90% interval that begins at 0 is a normal distribution with 5% of its trials below 0." },
  { "draw-as-condition", "Any number but 0 counts as true, and a draw from a continuous distribution is never 0. Compare it with something." },
  { "log-parameters", "lognormal(mu, sigma) takes the mean and the deviation of the logarithm; a sigma of 3 is already a factor of "
    .. "20 up or down." },
  { "heavy-tail", "Where a mean does not exist, or its error, more trials give another number and not a better one. Bound the "
    .. "tail, or look at quantiles alone." },
  { "positional-lambda", "To Lua a comma separates: pert(1, 2,5, 4) has four numbers, and the fourth is the weight of the mode." },
  { "past-data", "Beyond its last line a file says nothing; that its last value is held is an assumption. Say hold = "
    .. "true if it is yours." },
  { "relative-sd", "In a process that multiplies, a deviation of 1 is 100% a period." },
  { "decimal-comma", "In a file of numbers a comma separates, so 1,5 is two numbers." },
  { "check-eats-saving", "Checking each item costs more time than the item saves, in every trial. Perhaps one is in seconds." },
  { "idle-pool", "A pool limits only what is taken from it." },
  { "kpi-target", "A target that the baseline meets says nothing of the project. Check its direction (better =) or its number." },
  { "set-plain", "A plain number does not vary, so correlations with it are left out of this run." },
  { "set-scenario", "What a scenario says of an input stands in place of what --set says. Change the scenario, or leave "
    .. "out --scenario." },
  { "correlation-repair", "Three correlations can contradict each other. The nearest matrix that can be is used; "
    .. "--strict refuses it." },

  { "share-range", "A share lies in [0, 1], and 35% is written 0.35. A range that leaves it counts trials that can't be: "
    .. "more customers kept than there are, negative chances." },
  { "vendor-source", "Who sells a thing reports its best cases. Look for an independent number, or widen the range "
    .. "downwards until you would bet on it either way. Prices that a quote or a contract binds are not meant." },
  { "rate-by-period", "(1 + g)^t compounds once a period. A yearly rate used by the month is counted about twelve times; "
    .. "model:per_period_growth(g) and model:per_period(p) turn it." },
  { "early-benefit", "A benefit that comes before what makes it possible is paid for flatters payback and npv. Start it "
    .. "later (roi.where(roi.ge(t, p), ..., 0), delay =, an adoption curve from p), or place the cost where it is paid." },
  { "sunk-cost", "What is spent whatever is decided says nothing about the decision. paid = true lists it and leaves it "
    .. "out of npv." },
  { "price-basis", "With inflation, prices of today and prices of their time differ by a fifth after ten years at 2%. "
    .. "Each flow that goes on over time says which it is in: basis = \"real\" is raised by inflation, \"nominal\" is not." },

  { "hours-as-cash", "An hour saved is money only if somebody is paid less or something more is sold. time_saved takes "
    .. "cash, the share that becomes money, and shows the rest as capacity, outside npv." },
  { "counted-twice", "Two benefits from the same hours or customers may count them twice. If both take of the same hours "
    .. "give them a pool (model:pool); if one is what remains after the other compute it so; if they only share a driver all is "
    .. "well." },
  { "certain-effect", "A range of an effect that leaves out zero says that it is certain to work. Unless it is measured "
    .. "already, let the range reach zero, or put the chance that it works in front: roi.bernoulli(0.8) * effect." },
  { "drawn-twice", "Each call of a distribution is a draw of its own. If both are one quantity, keep it in a variable "
    .. "and use that twice; two independent draws of it make the result too sure." },
  { "no-correlation", "Independent inputs average out. Where several move together the range of npv is wider than shown: "
    .. "correlate those that have a cause in common (model:correlate)." },
  { "unit-conflict", "Amounts in other currencies and per other periods add up without an error, and mean nothing. "
    .. "Multiply by a rate of exchange that is an input of its own, and turn periods by model:per_period or every =." },
  { "plain-amount", "What is a plain number is taken for certain, and no report can say how much hangs on it. Give it a "
    .. "range, or make it model:param(name, default), which --set changes." },
  { "late-worth", "Far years are the least certain, and the case rests on them. Look at npv with a shorter horizon, and "
    .. "at what could end it before." },
  { "unused-share", "A pilot's share scales nothing by itself: multiply the work by pilot.share in its periods, as in "
    .. "roi.curve.ramp { before = pilot.share, from = gate.next, periods = 4, to = 1 }." },
  { "early-roll-out", "A gate stops a use case and does not start it: what it earns before the decision is not at stake. Let the "
    .. "roll-out begin at gate.next, and only pilot.share of the work before." },
  { "one-dimension", "KPIs of one kind miss what they don't measure: a project may meet its financial ones by what it "
    .. "does to people or rules. Take one each of financial, operational, strategic and governance." },
}
end
