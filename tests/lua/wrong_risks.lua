---- how likely, twice
model:risk("leak", { probability = 0.1, per_year = 0.1, loss = 5 }) -- expect error: risk 'leak': per_year says how often it comes, and probability whether it comes at all: give one
---- one loss by two names
model:risk("leak", { probability = 0.1, loss = 5, severity = 5, at = 3 }) -- expect error: risk 'leak': loss and severity are two names of one thing: give one
---- a loss of nothing
model:risk("leak", { per_year = 0.1 }) -- expect error: risk 'leak': loss is missing; write { per_year = 0.5, loss = 20000 }
---- an option of the other kind
model:risk("leak", { per_year = 0.1, loss = 5, at = 3 }) -- expect error: risk 'leak': unknown option 'at'
---- two times
model:risk("leak", { probability = 0.1, loss = 5, at = 3, between = { 3, 6 } }) -- expect error: risk 'leak': say when it comes by one of at, between and triggered_by
---- a chance that is too high
model:risk("leak", { probability = 1.5, loss = 5, at = 3 }) -- expect error: risk 'leak': probability 1.5 is not between 0 and 1 (1.5% is written 0.015)
---- an unlikely negative
model:risk("leak", { per_year = -1, loss = 5 }) -- expect error: risk 'leak': per_year -1 must be 0 or more
---- between what?
model:risk("leak", { probability = 0.1, loss = 5, between = 3 }) -- expect error: risk 'leak': between takes the first and the last period, such as { 6, 18 }, not 3
---- between the wrong way
model:risk("leak", { probability = 0.1, loss = 5, between = { 6, 3 } }) -- expect error: risk 'leak': between: the last period 3 comes before the first, 6
---- between halves
model:risk("leak", { probability = 0.1, loss = 5, between = { 1.5, 3 } }) -- expect error: risk 'leak': between: 1.5 must be a whole period, 0 or more
---- between and more
model:risk("leak", { probability = 0.1, loss = 5, between = { 1, 3, step = 2 } }) -- expect error: risk 'leak': between takes { first, last } alone, not 'step' too
---- for no time
model:risk("leak", { probability = 0.1, loss = 5, at = 3, duration = 0 }) -- expect error: risk 'leak': duration 0 must be above 0
---- triggered by a name
model:risk("leak", { probability = 0.1, loss = 5, triggered_by = "fire" }) -- expect error: risk 'leak': triggered_by must be what risk(...) or another event gave, not the text 'fire'
---- triggered by what comes often
local r = model:risk("outage", { per_year = 1, loss = 5 })
model:risk("leak", { probability = 0.1, loss = 5, triggered_by = r }) -- expect error: risk 'leak': triggered_by: risk 'outage' comes any number of times, and only what comes once can trigger another; give it a probability
---- a lag after nothing
model:risk("leak", { probability = 0.1, loss = 5, at = 3, lag = 2 }) -- expect error: risk 'leak': lag is the time from another risk's coming to this one's: say which
---- a lag into the past
local r = model:risk("outage", { probability = 1, loss = 5, at = 3 })
model:risk("leak", { probability = 0.1, loss = 5, triggered_by = r, lag = -2 }) -- expect error: risk 'leak': lag -2 must be 0 or more
---- an uncertain rate without a bound
model:risk("leak", { per_year = roi.uniform(1, 2), loss = roi.exponential(1) }) -- expect error: risk 'leak': with an uncertain rate say how many jumps a period can have at most: most = 5
---- half a loss
model:risk("leak", { per_year = 1, loss = roi.exponential(1), most = 2.5 }) -- expect error: risk 'leak': most 2.5 must be a whole number from 1 to 100
---- what a risk does not give
local r = model:risk("leak", { probability = 0.1, loss = 5, at = 3 })
print(r.occurred) -- expect error: risk 'leak' has no 'occurred'; known: at, loss, occurs
---- a risk can't be changed
local r = model:risk("leak", { probability = 0.1, loss = 5, at = 3 })
r.at = 5 -- expect error: risk 'leak' can't be changed: 'at' is what the model makes of it
---- a draw that is taken
x["leak.at"] = roi.uniform(1, 2)
local r = model:risk("leak", { probability = 0.1, loss = 5, between = { 3, 6 } }) -- expect error: the risk's draw 'leak.at': the name is taken already, on line 46
---- a shock without a factor
model:price_shock("vendor", { probability = 0.2, at = 3 }) -- expect error: price_shock 'vendor': factor is missing; write { probability = 0.2, factor = 1.5, at = 12 }
---- a shock that makes it free
model:price_shock("vendor", { probability = 0.2, factor = 0, at = 3 }) -- expect error: price_shock 'vendor': factor 0 must be above 0
---- a shock at no time
model:price_shock("vendor", { probability = 0.2, factor = 2 }) -- expect error: price_shock 'vendor': at is missing; write { probability = 0.2, factor = 1.5, at = 12 }, or between = { 6, 18 }, or triggered_by = another risk
---- given up in percent
model:abandonment("ends", { probability = 15, at = 3 }) -- expect error: abandonment 'ends': probability 15 must be a share between 0 and 1 (15% is written 0.15)
---- given up by no chance
model:abandonment("ends", { at = 3 }) -- expect error: abandonment 'ends': say how likely it is, probability = 0.15 with a time, or per_year = 0.1
---- given up at any time, in month 3
model:abandonment("ends", { per_year = 0.5, at = 3 }) -- expect error: abandonment 'ends': by per_year it may come at any time: leave out when
---- a delay of a number
local s = roi.delayed(5, 3) -- expect error: roi.delayed(series, periods): a series is needed, not 5
---- a delay by a series
local s = roi.delayed(t, t) -- expect error: roi.delayed(series, periods): periods must be a number or an uncertain number, not an uncertain series
---- a delay into the past
local s = roi.delayed(t, -3) -- expect error: roi.delayed(series, periods): periods -3 must be 0 or more: nothing comes earlier
---- a delay of one argument
local s = roi.delayed(t) -- expect error: roi.delayed(series, periods) takes 2 arguments, not 1
---- late by less than nothing
model:project_delay("late", { periods = -1 }) -- expect error: project_delay 'late': periods -1 must be 0 or more
---- what comes late is no event that triggers
local late = model:project_delay("late", { periods = 3 })
model:risk("fine", { probability = 0.5, loss = 1, triggered_by = late }) -- expect error: risk 'fine': triggered_by: project_delay 'late' is no event with a period of its own
