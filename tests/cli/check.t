# What is likely a mistake, with line, rule and reason; status 1 if every run warns of some of it.
$ roisim check doubtful.lua
doubtful.lua:3: [late-worth] with every input at its median, more than half of
    npv is earned in the last 12 of 24 months
    Far years are the least certain, and the case rests on them. Look at npv
    with a shorter horizon, and at what could end it before.
doubtful.lua:6: [share-range] input 'cut' has the unit "share", and its median
    is 34.4: 34.4% is written 0.344
    A share lies in [0, 1], and 35% is written 0.35. A range that leaves it
    counts trials that can't be: more customers kept than there are, negative
    chances.
doubtful.lua:6: [vendor-source] input 'cut' comes from who sells it ("vendor's
    brochure"): widen its range or discount it
    Who sells a thing reports its best cases. Look for an independent number, or
    widen the range downwards until you would bet on it either way. Prices that
    a quote or a contract binds are not meant.
doubtful.lua:6: [certain-effect] input 'cut' can't be zero: 99.8% of it lies
    from 21.8 to 44.3; if it is a share, 44.3% is written 0.443
    A range of an effect that leaves out zero says that it is certain to work.
    Unless it is measured already, let the range reach zero, or put the chance
    that it works in front: roi.bernoulli(0.8) * effect.
doubtful.lua:7: [rate-by-period] 'growth' compounds each month: 0.2 a month is
    792% a year; a yearly rate is turned by model:per_period_growth(g)
    (1 + g)^t compounds once a period. A yearly rate used by the month is
    counted about twelve times; model:per_period_growth(g) and
    model:per_period(p) turn it.
doubtful.lua:8: [unit-conflict] input 'fee' is in EUR, the model in USD, and no
    rate of exchange is among the inputs
    Amounts in other currencies and per other periods add up without an error,
    and mean nothing. Multiply by a rate of exchange that is an input of its
    own, and turn periods by model:per_period or every =.
doubtful.lua:9: [early-benefit] benefit 'hours saved' comes before month 3, when
    'set-up' is paid (line 10)
    A benefit that comes before what makes it possible is paid for flatters
    payback and npv. Start it later (roi.where(roi.ge(t, p), ..., 0), delay =,
    an adoption curve from p), or place the cost where it is paid.
doubtful.lua:9: [hours-as-cash] benefit 'hours saved' counts time as money in
    full; time_saved("...", { cash = }) asks what share becomes money
    An hour saved is money only if somebody is paid less or something more is
    sold. time_saved takes cash, the share that becomes money, and shows the
    rest as capacity, outside npv.
doubtful.lua:12: [sunk-cost] cost 'analysis, already done' reads as paid
    already: what no decision can change is left out by paid = true
    What is spent whatever is decided says nothing about the decision. paid =
    true lists it and leaves it out of npv.
doubtful.lua:12: [plain-amount] cost 'analysis, already done' is a plain number:
    no sensitivity sees it
    What is a plain number is taken for certain, and no report can say how much
    hangs on it. Give it a range, or make it model:param(name, default), which
    --set changes.
10 findings, of which every run warns of 5
[1]
# A rule gives its reason with its first finding alone, in JSON with each.
$ roisim check parts.lua | grep -c 'is a plain number'; roisim check parts.lua | grep -c 'taken for certain'; roisim check parts.lua --json - | grep -c 'taken for certain'
2
1
1
# What a run says of the same model.
$ roisim doubtful.lua --trials 100 --quiet
warning: doubtful.lua:6: input 'cut' has the unit "share", and its median is 34.4: 34.4% is written 0.344
warning: doubtful.lua:6: input 'cut' comes from who sells it ("vendor's brochure"): widen its range or discount it
warning: doubtful.lua:7: 'growth' compounds each month: 0.2 a month is 792% a year; a yearly rate is turned by model:per_period_growth(g)
warning: doubtful.lua:9: benefit 'hours saved' comes before month 3, when 'set-up' is paid (line 10)
warning: doubtful.lua:12: cost 'analysis, already done' reads as paid already: what no decision can change is left out by paid = true
# Nothing is found, or nothing that runs warn of: status 0.
$ roisim check plain.lua
no findings
$ roisim check hello.lua --quiet
$ roisim check hello.lua --json - | tr -d '\n\t' | cut -c1-700 | sed 's/sha256.*//'
{"schema":"roisim.check/1","model":{"name":"Hello","currency":"USD","horizon":12,"period":"month","discount_rate":0.08},"in_every_run":0,"findings":[{"rule":"certain-effect","file":"hello.lua","line":7,"text":"input 'saved' can't be zero: 99.8% of it lies from 575 to 3916","why":"A range of an effect that leaves out zero says that it is certain to work. Unless it is measured already, let the range reach zero, or put the chance that it works in front: roi.bernoulli(0.8) * effect.","in_every_run":false}, {"rule":"hours-as-cash","file":"hello.lua","line":10,"text":"benefit 'time saved' counts time as money in full; time_saved(\"...\", { cash = }) asks what share becomes money","why":"An hour sa
# A condition that depends on values: with every input at its median the early benefit is nothing.
$ roisim check doubtful.lua --set 'calls=roi.uniform(-1, 1)' | grep -c 'early-benefit'
0
[1]
$ roisim check doubtful.lua --set 'calls=roi.uniform(1, 2)' | grep -c 'early-benefit'
1
# Per-trial functions draw numbers of their own, so what they decide is not known before a run.
$ sed 's/horizon = 12/horizon = 24/' queue.lua > long.lua; roisim check long.lua | grep -c 'late-worth'
0
[1]
# Options that belong to runs, files, models that fail.
$ roisim check hello.lua --trials 100
roisim: --trials does not belong to roisim check, which simulates nothing
[2]
$ roisim check hello.lua --prob 'npv > 0'
roisim: --prob does not belong to roisim check
[2]
$ roisim check
roisim: no model was named; usage: roisim check MODEL.lua [OPTION]..., see roisim --help
[2]
$ roisim check hello.lua --json hello.lua
roisim: --json hello.lua: that is the model itself; name another file
[2]
$ roisim check hello.lua --json none/found.json
roisim: cannot write none/found.json: No such file or directory: make its folder first
[1]
$ roisim check broken.lua
roisim: broken.lua:3: triangular(min, mode, max): mode 20 is above max 13
[1]
$ roisim chek hello.lua
roisim: unknown command 'chek'; did you mean check?
[2]
# More warnings than a run shows.
$ for i in $(seq 30); do echo "x.a$i = $i"; done > more.txt; (echo 'local roi = require "roisim" local model = roi.model {} local x = model.inputs'; cat more.txt; echo 'model.outputs.a = roi.uniform(0, 1) return model') > idle.lua; roisim idle.lua --trials 10 --quiet 2>&1 | tail -n 2
warning: idle.lua:21: input 'a20' has no effect on any output
warning: and 10 more; roisim check lists them
$ roisim check idle.lua | tail -n 1
30 findings, of which every run warns of 30
