---- a mode outside
x.a = roi.triangular(5, 20, 13) -- expect error: triangular(min, mode, max): mode 20 is above max 13
---- too few parameters
x.a = roi.normal(5) -- expect error: normal(mean, sd): 1 parameter given
---- too many parameters
x.a = roi.normal(5, 1, 2) -- expect error: normal(mean, sd): 3 parameters given
---- no parameters
x.a = roi.pert() -- expect error: pert(min, mode, max, lambda = 4): 0 parameters given
---- a text
x.a = roi.uniform("1", 2) -- expect error: uniform(min, max): min must be a number or an uncertain value, not the text '1'
---- nil
x.a = roi.uniform(1, hihg) -- expect error: uniform(min, max): max must be a number or an uncertain value, not nil (a name not set?)
---- a misspelt parameter
x.a = roi.pert { min = 1, moed = 2, max = 3 } -- expect error: unknown parameter 'moed'; did you mean 'mode'?
---- the first of two misspelt parameters
x.a = roi.pert { mux = 1, moed = 2, max = 3 } -- expect error: unknown parameter 'moed'
---- a missing parameter
x.a = roi.pert { min = 1, max = 3 } -- expect error: pert(min, mode, max, lambda = 4): mode is missing
---- names and positions
x.a = roi.normal { 1, sd = 3 } -- expect error: give the parameters in order, name(a, b), or all by name
---- a text by name
x.a = roi.normal { mean = 1, sd = "3" } -- expect error: normal(mean, sd): sd must be a number or an uncertain value, not the text '3'
---- one quantile
x.a = roi.lognormal { p5 = 18 } -- expect error: lognormal(mu, sigma): two quantiles describe it, not 1
---- three quantiles
x.a = roi.lognormal { p5 = 18, p50 = 20, p95 = 30 } -- expect error: two quantiles describe it, not 3
---- quantiles of a family that has three parameters
x.a = roi.triangular { p5 = 18, p95 = 30 } -- expect error: describe continuous families of two parameters
---- quantiles of a discrete family
x.a = roi.binomial { p5 = 18, p95 = 30 } -- expect error: describe continuous families of two parameters
---- quantiles beside parameters
x.a = roi.lognormal { mu = 1, p95 = 30 } -- expect error: not a mixture of them
---- a mean alone
x.a = roi.lognormal { mean = 20 } -- expect error: lognormal(mu, sigma): sd is missing beside mean
---- a deviation alone
x.a = roi.gamma { sd = 20 } -- expect error: gamma(shape, scale): mean is missing beside sd
---- a quantile of nothing
x.a = roi.lognormal { p0 = 18, p95 = 30 } -- expect error: unknown parameter 'p0'
---- a quantile beyond everything
x.a = roi.lognormal { p5 = 18, p100 = 30 } -- expect error: unknown parameter 'p100'
---- an empty table
x.a = roi.beta {} -- expect error: beta(a, b): no parameters given
---- quantiles the wrong way round
x.a = roi.normal { p5 = 30, p95 = 18 } -- expect error: normal by two quantiles: they don't rise: 30, then 18
---- a negative deviation
x.a = roi.normal(0, -1) -- expect error: normal(mean, sd): sd -1
---- an interval the wrong way round
x.a = roi.between(5, 2) -- expect error: roi.between(low, high): low 5 must be below high 2
---- an interval of uncertain ends
x.a = roi.uniform(1, 2)
x.b = roi.between(x.a, 20) -- expect error: low must be a plain number, since it decides the family
---- a share in percent
x.a = roi.share(5, 20) -- expect error: 5 is not between 0 and 1 (30% is written 0.3)
---- an interval of one end
x.a = roi.between(5) -- expect error: roi.between(low, high) takes 2 arguments, not 1
---- values without weights
x.a = roi.discrete { 1, 2, 3 } -- expect error: entry 1 must be a pair { value, weight }
---- no values
x.a = roi.discrete {} -- expect error: write roi.discrete { { value, weight }, { value, weight } }
---- no data
x.a = roi.empirical {} -- expect error: with at least one number
---- data with a text in them
x.a = roi.empirical { 1, "x", 3 } -- expect error: value 2 must be a plain number, not the text 'x'
---- one quantile for a metalog
x.a = roi.metalog { p50 = 3 } -- expect error: needs at least two quantiles
---- a metalog by position
x.a = roi.metalog(1, 2, 3) -- expect error: takes one table of quantiles
---- a metalog with something else
x.a = roi.metalog { p10 = 3, p50 = 4, p90 = 8, mode = 5 } -- expect error: unknown parameter 'mode'
---- a mixture of numbers
x.a = roi.mixture { { 0.5, 1 }, { 0.5, roi.normal(0, 1) } } -- expect error: needs a distribution, such as roi.normal(10, 2), not 1
---- a mixture without pairs
x.a = roi.mixture { roi.normal(0, 1), roi.normal(5, 1) } -- expect error: entry 1 is a draw, not a pair
---- an empty mixture
x.a = roi.mixture {} -- expect error: takes one table of pairs
---- a part that stands twice
local d = roi.normal(0, 1)
x.a = roi.mixture { { 0.5, d }, { 0.5, d } } -- expect error: this distribution became part of another one on line 78
---- a part used again
local d = roi.normal(0, 1)
x.a = d:truncate(0, 1)
x.b = d + 1 -- expect error: this distribution became part of another one on line 81: call it again for another draw
---- truncating a drawn number
local d = roi.normal(0, 1)
local y = d + 1
x.a = d:truncate(0, 1) -- expect error: is already a drawn number (line 85)
---- truncating an expression
x.a = (t[1] + roi.normal(0, 1)):truncate(0, 1) -- expect error: needs a distribution, such as roi.normal(10, 2), not an uncertain number
---- truncating without bounds
x.a = roi.normal(0, 1):truncate() -- expect error: :truncate(low, high) needs at least one bound
---- truncating everything away
x.a = roi.uniform(0, 1):truncate(2, 3) -- expect error: truncat
---- bounds the wrong way round
x.a = roi.normal(0, 1):clamp(2, 1) -- expect error: clamp
---- anew each period, but no distribution
x.a = roi.each_period(5) -- expect error: roi.each_period needs a distribution, such as roi.normal(10, 2), not 5
---- anew each period in parts of a mixture
x.a = roi.mixture { { 1, roi.each_period(roi.normal(0, 1)) } } -- expect error: give roi.each_period the whole mixture
---- a parameter that varies by period
x.a = roi.normal(t, 1) -- expect error: needs roi.each_period(...)
---- naming a draw twice
x.a = roi.normal(0, 1)
x.b = x.a -- expect error: the draw is already named 'a'
---- naming a draw twice by its label
local d = roi.normal(0, 1):name("noise")
x.b = d -- expect error: the draw is already named 'noise'
---- naming a draw after its use
local d = roi.normal(0, 1)
local y = d + 1
x.b = d -- expect error: is already a drawn number (line 109)
---- two draws of one name
local a, b = roi.normal(0, 1):name("noise"), roi.normal(0, 1):name("noise")
local y = a + b -- expect error: the draw "noise" is named twice
---- a width that is no number
x.a = roi.uniform(-1e308, 1e308) -- expect error: uniform(min, max): max - min inf is not a finite number
---- a triangle's width that is no number
x.a = roi.triangular(-1e308, 0, 1e308) -- expect error: triangular(min, mode, max): max - min inf is not a finite number
---- a pert's width that is no number
x.a = roi.pert(-1e308, 0, 1e308) -- expect error: max - min inf is not a finite number
---- more tries than whole numbers can count
x.a = roi.binomial(1e300, 0.5) -- expect error: binomial(n, p): n 1e+300 is above 9007199254740992 (2^53)
---- a probability in percent
x.a = roi.bernoulli(35) -- expect error: bernoulli(p): p 35 is above 1 (35% is written 0.35)
---- whole floats
x.a = roi.share(20.0, 30) -- expect error: roi.share(low, high): 20 is not between 0 and 1
---- a beta too sharp to compute
local v = roi.beta(1e18, 1e-10) -- expect error: beta(a, b): a 1e+18 is above 1e15
