---- a name among values
x.a = roi.empirical { 3, 4, 5, nmae = "wait" } -- expect error: empirical(data): a list is needed, but 'nmae' stands beside its entries 1 to 3
---- a hole among values
x.a = roi.empirical { [1] = 3, [3] = 5 } -- expect error: empirical(data): a list is needed, but 3 stands beside its entries 1 to 1
---- a weight by name
x.a = roi.discrete { { 10, 1 }, { 20, 2 }, weight = 3 } -- expect error: discrete(value, weight, ...): a list is needed, but 'weight' stands beside its entries 1 to 2
---- more than a value and its weight
x.a = roi.discrete { { 10, 1 }, { 20, 2, label = "high" } } -- expect error: discrete(value, weight, ...): entry 2: a list is needed, but 'label' stands beside its entries 1 to 2
---- a name in a mixture
x.a = roi.mixture { { 1, roi.normal(0, 1) }, { 2, roi.normal(5, 1) }, min = 0 } -- expect error: roi.mixture { { weight, distribution }, ... }: a list is needed, but 'min' stands beside its entries 1 to 2
---- more than a weight and its distribution
x.a = roi.mixture { { 1, roi.normal(0, 1), sd = 3 } } -- expect error: entry 1: a list is needed, but 'sd' stands beside its entries 1 to 2
---- a name among points
local v = roi.interp(t, { 0, 6, hold = true }, { 0, 1 }) -- expect error: roi.interp(x, xs, ys): xs: a list is needed, but 'hold' stands beside its entries 1 to 2
---- more than a time and its level
local v = roi.curve.step { { 0, 0.1 }, { 6, 0.5, hold = true } } -- expect error: roi.curve.step: point 2 takes a list, but has 'hold' beside its entries 1 to 2
---- a kind within a pair
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 0.5, kind = "pearson" } } -- expect error: model:correlate, pair 1 takes a list, but has 'kind' beside its entries 1 to 3
---- an alert among ceilings
model:budget("AI", { ceiling = { 100, alert = 0.5 } }) -- expect error: budget 'AI': ceiling takes a list, but has 'alert' beside its entries 1 to 1
---- more than three factors
model:usual_method { benefits = { 0.8, 0.9, 1, years = 1 }, years = 1 } -- expect error: model:usual_method: benefits takes a list, but has 'years' beside its entries 1 to 3
---- of several fields beside a list the first is named
local d = roi.mixture { { 1, roi.normal(1, 1), foo = 1, bar = 2, baz = 3, [true] = 4, [{}] = 5 } } -- expect error: entry 1: a list is needed, but 'bar' stands beside its entries 1 to 2
---- numbers before names
local d = roi.empirical { 1, 2, foo = 1, bar = 2, [0] = 4, [2.5] = 5, [-1] = 3 } -- expect error: a list is needed, but -1 stands beside its entries 1 to 2
