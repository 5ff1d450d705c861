---- pairs of inputs, names and other draws
x.a, x.b = roi.normal(10, 2), roi.uniform(0, 1)
local other = roi.poisson(20)
model:correlate { { x.a, x.b, 0.6 }, { "later", "a", -0.3 }, { other, x.b, 0.1 } }
x.later = roi.beta(2, 3)
model.outputs.sum = x.a + x.b + other + x.later
return model
---- the draws of a risk, by name
x.a = roi.normal(10, 2)
model:risk("incident", { probability = 0.15, loss = roi.lognormal { p5 = 20e3, p95 = 200e3 }, at = 3 })
model:correlate { { "incident.loss", x.a, 0.3 }, { "incident.occurs", "incident.loss", 0.2 }, kind = "pearson" }
model:benefit("b", x.a, { every = "month" })
return model
---- exactly one another
x.a, x.b, x.c = roi.uniform(0, 1), roi.uniform(0, 1), roi.uniform(0, 1)
model:correlate { { x.a, x.b, 1 }, { x.a, x.c, -1 }, { x.b, x.c, -1 } }
model.outputs.ok_one, model.outputs.ok_other = roi.eq(x.a, x.b), roi.eq(1 - x.a, x.c)
return model
---- a median with its own, when all move together
x.a, x.b = roi.lognormal(0, 1), roi.triangular(0, 1, 4)
model:correlate { { x.a, x.b, 1 } }
model.outputs.ok = roi.eq(roi.lt(x.a, 1), roi.lt(x.b, 4 - 6^0.5))
return model
---- drawn anew each period
x.a, x.b = roi.each_period(roi.uniform(0, 1)), roi.each_period(roi.uniform(0, 1))
model:correlate { { x.a, x.b, 1 } }
model.outputs.ok = roi.eq(roi.sum(x.a), roi.sum(x.b))
return model
---- a matrix from a file
x.a, x.b, x.c = roi.normal(10, 2), roi.uniform(0, 1), roi.poisson(20)
model:correlate { csv = "data/matrix.csv" }
model.outputs.sum = x.a + x.b + x.c
return model
---- a matrix with semicolons, quotes and other ends of lines
x.a, x.b = roi.uniform(0, 1), roi.uniform(0, 1)
x['say "c"'] = roi.uniform(0, 1)
model:correlate { csv = "data/matrix_semicolons.csv", kind = "spearman" } -- expect warning: 'b' and 'a' 0.5000 became 0.4527
model.outputs.sum = x.a + x.b + x['say "c"']
return model
---- a draw that changes before it is drawn
local d = roi.normal(0, 1)
model:correlate { { d, x.a or d, 0.5 } } -- expect error: model.inputs has no 'a' yet
---- named after it was correlated
x.a = roi.normal(0, 1)
local d = roi.normal(0, 1)
model:correlate { { d, x.a, 0.5 } }
x.d = d
model.outputs.sum = x.a + x.d
return model
---- part of another distribution in the end
x.a = roi.normal(0, 1)
local d = roi.normal(0, 1)
model:correlate { { d, x.a, 0.5 } } -- expect error: the draw became part of another distribution
x.d = d:truncate(0, 1)
model.outputs.sum = x.a + x.d
return model
---- above 1
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 1.2 } } -- expect error: model:correlate, pair 1: correlation 1.2 is not between -1 and 1
---- a percentage
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 60 } } -- expect error: correlation 60 is not between -1 and 1 (60% is written 0.6)
---- a percentage below 0
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, -60 } } -- expect error: correlation -60 is not between -1 and 1 (-60% is written -0.6)
---- a percentage as a text
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, "-60%" } } -- expect error: not the text '-60%' (-60% is written -0.6)
---- a percentage in a file
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { csv = "data/percent.csv" } -- expect error: data/percent.csv, row 2, column 3: '-60%' is not a number (-60% is written -0.6)
---- a percentage without its sign in a file
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { csv = "data/hundred.csv" } -- expect error: row 2, column 3: correlation -60 is not between -1 and 1 (-60% is written -0.6)
---- hardly above 1
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 1 + 1e-9 } } -- expect error: correlation 1.0000000010000001 is not between -1 and 1
---- infinite
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 1/0 } } -- expect error: correlation inf is not between -1 and 1
---- not a number
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 0/0 } } -- expect error: correlation nan is not between -1 and 1
---- an uncertain correlation
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, roi.uniform(0, 1) } } -- expect error: the correlation must be a plain number from -1 to 1, not a draw
---- with itself
x.a = roi.normal(0, 1)
model:correlate { { x.a, x.a, 0.5 } } -- expect error: model:correlate, pair 1: a draw can't be correlated with itself
---- with itself by name
x.a = roi.normal(0, 1)
model:correlate { { x.a, "a", 0.5 } } -- expect error: correlation of 'a' and 'a': a draw can't be correlated with itself
model.outputs.a = x.a
return model
---- a plain number
x.a, x.b = roi.normal(0, 1), 3
model:correlate { { x.a, x.b, 0.5 } } -- expect error: pair 1: 3 is a plain number, and only draws can be correlated
---- a plain number by name
x.a, x.b = roi.normal(0, 1), 3
model:correlate { { x.a, "b", 0.5 } } -- expect error: pair 1: input 'b' is not a draw
model.outputs.a = x.a + x.b
return model
---- an expression
x.a = roi.normal(0, 1)
model:correlate { { x.a, x.a * 2, 0.5 } } -- expect error: is computed from others, and only draws can be correlated
---- neither draw nor name
x.a = roi.normal(0, 1)
model:correlate { { x.a, nil, 0.5 } } -- expect error: pair 1: a draw or its name is needed, not nil
---- two of three
x.a = roi.normal(0, 1)
model:correlate { { x.a, 0.5 } } -- expect error: pair 1: a pair is { draw, draw, correlation }, not a list of 2
---- one pair without its braces
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { x.a, x.b, 0.5 } -- expect error: model:correlate takes a list of pairs
---- looked for in the wrong place
roi.correlate {} -- expect error: write model:correlate { { x.a, x.b, 0.6 } }
---- with a point
model.correlate {} -- expect error: write model:correlate(...) with a colon
---- no pairs
model:correlate {} -- expect error: no pairs; write model:correlate { { x.a, x.b, 0.6 }
---- an unknown name
x.price, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { "pric", x.b, 0.5 } } -- expect error: pair 1: no draw is named 'pric'; did you mean 'price'?
model.outputs.a = x.price + x.b
return model
---- an unknown kind
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 0.5 }, kind = "spaerman" } -- expect error: did you mean 'spearman'?
---- an unknown option
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 0.5 }, knd = "pearson" } -- expect error: unknown option 'knd'; did you mean 'kind'?
---- given twice
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 0.5 } }
model:correlate { { "b", "a", 0.4 } } -- expect error: correlation of 'b' and 'a': it is given twice, 0.5 on line
model.outputs.a = x.a + x.b
return model
---- once a trial with anew each period
x.a, x.b = roi.normal(0, 1), roi.each_period(roi.normal(0, 1))
model:correlate { { x.a, x.b, 0.5 } } -- expect error: one is drawn once a trial, the other anew each period
model.outputs.a = x.a + roi.sum(x.b)
return model
---- correlations that can't hold together
x.a, x.b, x.c = roi.normal(0, 1), roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 0.9 }, { x.b, x.c, 0.9 }, { x.a, x.c, -0.9 } } -- expect warning: 'c' and 'a' -0.9000 became -0.4826
model.outputs.a = x.a + x.b + x.c
return model
---- the same under --strict
-- args: --strict
x.a, x.b, x.c = roi.normal(0, 1), roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 0.9 }, { x.b, x.c, 0.9 }, { x.a, x.c, -0.9 } } -- expect error: distance 0.9993; --strict refuses that
model.outputs.a = x.a + x.b + x.c
return model
---- --strict where there is nothing to repair
-- args: --strict
x.a, x.b, x.c = roi.normal(0, 1), roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 0.9 }, { x.b, x.c, 0.9 }, { x.a, x.c, 0.9 } }
model.outputs.a = x.a + x.b + x.c
return model
---- an input set to a number
-- args: --set b=3
x.a, x.b, x.c = roi.normal(0, 1), roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 0.9 }, { x.a, x.c, 0.5 }, { "c", "b", 0.3 } } -- expect warning: --set makes 'b' a plain value, so it is not correlated
model.outputs.a = x.a + x.b + x.c
return model
---- two inputs set to the same number
-- args: --set b=3 --set a=3
x.a, x.b, x.c = roi.normal(0, 1), roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 0.9 } } -- expect warning: a plain value, so it is not correlated
model.outputs.a = x.a + x.b + x.c
return model
---- an input set to another distribution stays correlated
-- args: --set b='roi.uniform(0,1)'
x.a, x.b = roi.uniform(0, 1), roi.normal(0, 1)
model:correlate { { x.a, x.b, 1 } }
model.outputs.ok = roi.eq(x.a, x.b)
return model
---- files: fewer rows than names
model:correlate { csv = "data/matrix_short.csv" } -- expect error: data/matrix_short.csv: 3 names in the first line, but 2 rows: the matrix must be square
---- files: more rows than names
model:correlate { csv = "data/matrix_long.csv" } -- expect error: data/matrix_long.csv, row 4: 2 names in the first line, but 3 rows
---- files: more numbers than names
model:correlate { csv = "data/matrix_ragged.csv" } -- expect error: data/matrix_ragged.csv, row 2: 3 numbers for 2 names
---- files: an unknown name
x.a, x.b, x.price = roi.normal(0, 1), roi.normal(0, 1), roi.normal(0, 1)
model:correlate { csv = "data/matrix_unknown.csv" } -- expect error: data/matrix_unknown.csv, row 1, column 4: no draw is named 'pric'; did you mean 'price'?
model.outputs.a = x.a + x.b + x.price
return model
---- files: not symmetric
model:correlate { csv = "data/matrix_asymmetric.csv" } -- expect error: data/matrix_asymmetric.csv, row 3, column 2: 0.4, but row 2, column 3: 0.5
---- files: a word
model:correlate { csv = "data/matrix_word.csv" } -- expect error: data/matrix_word.csv, row 2, column 3: 'much' is not a number
---- files: above 1
model:correlate { csv = "data/matrix_large.csv" } -- expect error: data/matrix_large.csv, row 2, column 3: correlation 1.5 is not between -1 and 1
---- files: no names
model:correlate { csv = "data/matrix_nameless.csv" } -- expect error: data/matrix_nameless.csv: only the name '0.5' in the first line; it takes the names of at least two draws
---- files: another diagonal
model:correlate { csv = "data/matrix_diagonal.csv" } -- expect error: data/matrix_diagonal.csv, row 3, column 3: 0.9 on the diagonal, where 1 belongs
---- files: rows in another order
model:correlate { csv = "data/matrix_order.csv" } -- expect error: data/matrix_order.csv, row 2, column 1: 'b' where 'a' is expected
---- files: a name twice
model:correlate { csv = "data/matrix_twice.csv" } -- expect error: data/matrix_twice.csv, row 1, column 3: 'a' stands twice
---- files: none
model:correlate { csv = "data/nowhere.csv" } -- expect error: data/nowhere.csv
---- files: outside the folder
model:correlate { csv = "../matrix.csv" } -- expect error: ../matrix.csv
---- files: not a name
model:correlate { csv = 3 } -- expect error: csv takes the name of a file
