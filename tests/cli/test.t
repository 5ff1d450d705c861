# Test scripts: one line a case, what failed with its line, its value, what was expected and the tolerance.
$ roisim test prices_test.lua
ok    prices_test.lua: three seats
FAIL  prices_test.lua:7: twelve seats: is 230, expected 240
FAIL  prices_test.lua:8: a sum of tenths: is 0.30000000000000004, expected 0.3
ok    prices_test.lua: a sum of tenths, nearly
FAIL  prices_test.lua:10: a list: [2].a is 2, expected 3
FAIL  prices_test.lua:11: a text: is "month", expected "months"
ok    prices_test.lua: no seats below zero
FAIL  prices_test.lua:13: another message: failed with "prices_test.lua:13: prices.fee: -1 seats", expected an error with "seat number"
FAIL  prices_test.lua:14: no error: did not fail, expected an error with "seats"
ok    prices_test.lua: mean: mean 100.1319 (se 0.1)
FAIL  prices_test.lua:20: mean, wrong: mean 100.1319 (se 0.1), expected 110 within 1
FAIL  prices_test.lua:21: mean, too exact: mean 100.1319 (se 0.1): 10000 trials can't tell whether it is 100 within 0.1, for 4 standard errors are 0.4; try --trials 180000
ok    prices_test.lua: npv: mean 201.5827 (se 1.2)
ok    prices_test.lua: sd: sd 10.04095 (se 0.073)
FAIL  prices_test.lua:24: P5: P5 83.36167 (se 0.3): 10000 trials can't tell whether it is 83.55 within 1, for 4 standard errors are 1.2; try --trials 16000
FAIL  prices_test.lua:25: median: P50 100.2041 (se 0.13), expected 90 within 0.51, 4 standard errors
ok    prices_test.lua: loss: probability 0.0499 (se 0.0022)
FAIL  prices_test.lua:27: loss, wrong: probability 0.0499 (se 0.0022), expected 0.5 within 0.02, 4 standard errors
FAIL  prices_test.lua:28: never below: from 58.37758 to 134.7964, expected at least 90
ok    prices_test.lua: within: from 58.37758 to 134.7964
FAIL  prices_test.lua:30: payback: from 8 to 12, in 499 of 10000 trials no number, expected at most 12
8 passed, 13 failed
[1]
# The trials decide what can be told; JSON holds every case; --quiet leaves those that failed.
$ roisim test prices_test.lua --trials 1e6 --quiet | tail -n 2
FAIL  prices_test.lua:30: payback: from 7 to 12, in 47904 of 1000000 trials no number, expected at most 12
10 passed, 11 failed
$ roisim test prices_test.lua --json - | sed -n '/"kind":	"quantile"/,/}/p; /^	"passed"/,$p'
					"kind":	"quantile",
					"level":	0.05,
					"value":	83.3616674677312,
					"se":	0.29780592090873625,
					"expected":	83.55,
					"within":	1,
					"text":	"P5 83.36167 (se 0.3): 10000 trials can't tell whether it is 83.55 within 1, for 4 standard errors are 1.2; try --trials 16000"
				}, {
					"kind":	"quantile",
					"level":	0.5,
					"value":	100.2041333694515,
					"se":	0.1273934873385585,
					"expected":	90,
					"within":	null,
					"text":	"P50 100.2041 (se 0.13), expected 90 within 0.51, 4 standard errors"
				}, {
	"passed":	8,
	"failed":	13
}
$ roisim test prices_test.lua --json cases.json > printed; tail -n 1 printed; grep -c '"name"' cases.json
8 passed, 13 failed
21
# A script in a folder called tests finds what lies beside that folder; a folder's tests are run in order of their names.
$ mkdir -p lib/tests; cp prices.lua lib; sed '/twelve\|tenths"\|a list\|a text\|another\|no error\|wrong\|too exact\|P5\|median\|below"\|payback"/d' prices_test.lua > lib/tests/good.lua
$ roisim test lib/tests/good.lua
ok    lib/tests/good.lua: three seats
ok    lib/tests/good.lua: a sum of tenths, nearly
ok    lib/tests/good.lua: no seats below zero
ok    lib/tests/good.lua: mean: mean 99.93395 (se 0.1)
ok    lib/tests/good.lua: npv: mean 199.2074 (se 1.2)
ok    lib/tests/good.lua: sd: sd 9.955797 (se 0.072)
ok    lib/tests/good.lua: loss: probability 0.0476 (se 0.0021)
ok    lib/tests/good.lua: within: from 58.8718 to 136.1442
8 passed, 0 failed
$ echo 'local roi = require "roisim" roi.expect("one", { of = 1, equal = 1 })' > lib/a_test.lua; roisim test lib --quiet
9 passed, 0 failed
$ cd lib && roisim test | cut -d : -f 1,2 | sort | uniq -c
      1 9 passed, 0 failed
      1 ok    a_test.lua: one
      1 ok    tests/good.lua: a sum of tenths, nearly
      1 ok    tests/good.lua: loss
      1 ok    tests/good.lua: mean
      1 ok    tests/good.lua: no seats below zero
      1 ok    tests/good.lua: npv
      1 ok    tests/good.lua: sd
      1 ok    tests/good.lua: three seats
      1 ok    tests/good.lua: within
$ cd lib/tests && roisim test --quiet
8 passed, 0 failed
# A model is tested as it stands: the test requires it.
$ printf 'local roi = require "roisim"\nlocal model = require "hello"\nroi.expect("npv", { of = model.npv, at_least = -1e5 })\nroi.expect("setup", { of = model.inputs.setup, at_least = 0 })\n' > hello_test.lua; roisim test hello_test.lua
ok    hello_test.lua: npv: from -19292.62 to 49240.99
ok    hello_test.lua: setup: from 3714.591 to 36070.2
2 passed, 0 failed
# What can't be run is a failed case, and the others go on.
$ printf 'local roi = require "roisim"\nlocal x = nothing.there\n' > broken_test.lua; roisim test broken_test.lua lib/a_test.lua
FAIL  broken_test.lua:2: attempt to index a nil value (global 'nothing')
ok    lib/a_test.lua: one
1 passed, 1 failed
[1]
$ printf 'local roi = require "roisim"\nlocal m = roi.model {}\nm.outputs.x = 1\nreturn m\n' > none_test.lua; roisim test none_test.lua
FAIL  none_test.lua: this test script expects nothing: roi.expect("a name", { of = value, mean = 1200, within = 30 })
0 passed, 1 failed
[1]
$ roisim test nosuch_test.lua
FAIL  nosuch_test.lua: can't open 'nosuch_test.lua': No such file or directory
0 passed, 1 failed
[1]
$ mkdir empty; roisim test empty
roisim: there are no test scripts in 'empty': they are called *_test.lua, or lie in its folder tests
[2]
$ roisim prices_test.lua
roisim: prices_test.lua:6: roi.expect belongs to test scripts: run this one as roisim test FILE.lua
[1]
# Wrong use of roi.expect.
$ for e in '{ of = 1 }' '{ of = 1, mean = 1, sd = 2 }' '{ of = 1, means = 1 }' '{ of = roi.normal(0, 1), equal = 0 }' '{ of = 1, mean = 1, within = 0 }' '{ of = 1, probability = 12 }' '{ mean = 1 }' '{ of = 1, at_least = 2, at_most = 1 }' '{ of = 1, error = "x" }' '{ of = 1, mean = roi.normal(0, 1) }' '{ of = 1, at_least = 0, within = 1 }' '5'; do echo "local roi = require 'roisim' roi.expect('a', $e)" > wrong_test.lua; roisim test wrong_test.lua | sed -n 1p; done
FAIL  wrong_test.lua:1: roi.expect 'a': say what is expected of it, such as { of = model.npv, mean = 1200, within = 30 }; known: equal, error, mean, sd, median, p1, p5, p10, p25, p50, p75, p90, p95, p99, probability, at_least, at_most
FAIL  wrong_test.lua:1: roi.expect 'a': expects 'mean' and 'sd': make it two, each with a name
FAIL  wrong_test.lua:1: roi.expect 'a': unknown option 'means'; did you mean 'mean'?
FAIL  wrong_test.lua:1: roi.expect 'a': of is uncertain, so it has no one value: expect its mean, median, p5, ..., probability, at_least or at_most
FAIL  wrong_test.lua:1: roi.expect 'a': within 0 must be above 0; without it the trials decide, four standard errors being allowed
FAIL  wrong_test.lua:1: roi.expect 'a': probability 12 is not between 0 and 1 (12% is written 0.12)
FAIL  wrong_test.lua:1: roi.expect 'a': of is missing or nil: the value of which something is expected
FAIL  wrong_test.lua:1: roi.expect 'a': at_least 2 is above at_most 1
FAIL  wrong_test.lua:1: roi.expect 'a': of must be a function that is to fail, { of = function() ... end, error = "part of its message" }, not 1
FAIL  wrong_test.lua:1: roi.expect 'a': mean must be a plain number, not a draw
FAIL  wrong_test.lua:1: roi.expect 'a': at_least and at_most hold of every trial: leave out within
FAIL  wrong_test.lua:1: roi.expect 'a' takes a table, such as { of = model.npv, mean = 1200, within = 30 }, not 5
$ echo 'local roi = require "roisim" roi.expect({ of = 1, equal = 1 })' > wrong_test.lua; roisim test wrong_test.lua | sed -n 1p
FAIL  wrong_test.lua:1: roi.expect(name, { of = , ... }): the name must be a text, not a table
# Options that tests have not.
$ roisim test prices_test.lua --set price=1
roisim: --set does not belong to roisim test
[2]
$ roisim test prices_test.lua --json - > /dev/full
roisim: standard output: No space left on device: not all output could be written
[1]
$ roisim test prices_test.lua > /dev/full
roisim: standard output: No space left on device: not all output could be written
[1]
# Draws, per-trial functions and use cases in tests.
$ printf 'local roi = require "roisim"\nlocal m = roi.model { horizon = 6 }\nlocal u = m:use_case("triage")\nu:benefit("saved", 10, { every = "month" })\nu:cost("setup", roi.at(0, 30))\nroi.expect("npv of a part", { of = u.npv, mean = 30 })\nlocal d = roi.per_trial("die", function(rng) return rng:uniform() < 0.5 and 1 or 0 end)\nroi.expect("half", { of = d, mean = 0.5, within = 0.03 })\n' > parts_test.lua; roisim test parts_test.lua
ok    parts_test.lua: npv of a part: mean 30
ok    parts_test.lua: half: mean 0.5057 (se 0.005)
2 passed, 0 failed
# What was done when a limit stopped it.
$ echo 'local roi = require "roisim" roi.expect("long", { of = roi.normal(0, 1), mean = 0 })' > long_test.lua; roisim test lib/a_test.lua long_test.lua lib/a_test.lua --trials 1e11 --max-memory 100M --time-limit 1 2> /dev/null
ok    lib/a_test.lua: one
1 passed, 0 failed; stopped in long_test.lua
[3]
$ roisim test lib/a_test.lua long_test.lua --trials 1e11 --max-memory 100M --time-limit 1 --json - 2> /dev/null | sed -n '/"complete"/,$p'
	"complete":	false,
	"passed":	1,
	"failed":	0
}
# Whole numbers whose difference is none.
$ echo 'local roi = require "roisim" roi.expect("far apart", { of = math.maxinteger, equal = math.mininteger, within = 1 })' > far_test.lua; roisim test far_test.lua
FAIL  far_test.lua:1: far apart: is 9.2233720368547758e+18, expected -9.2233720368547758e+18 within 1
0 passed, 1 failed
[1]
# Scripts, and what they read, are not written over.
$ cp prices_test.lua other_test.lua; roisim test --json other_test.lua prices_test.lua other_test.lua; cmp other_test.lua prices_test.lua
roisim: --json other_test.lua: that is one of the test scripts; name another file
$ cp prices.lua before.lua; roisim test --quiet --json prices.lua other_test.lua; cmp prices.lua before.lua
roisim: --json prices.lua: the model reads that file; name another file
# A test that was found in a folder, not named, is no link out of it: the folder may be a stranger's. Links within it are followed.
$ mkdir -p linked/tests linked/src; echo 'topsecretword = "abc" 12' > outside.txt; ln -s ../../outside.txt linked/tests/v_test.lua; roisim test linked
roisim: 'linked/tests/v_test.lua' is a link that leads out of its folder; files outside are not read
[1]
$ cd linked/tests; roisim test .
roisim: 'v_test.lua' is a link that leads out of its folder; files outside are not read
[1]
$ rm linked/tests/v_test.lua; echo 'local roi = require "roisim" local m = roi.model { name = "t" } roi.expect("one", { of = 1, equal = 1 }) return m' > linked/src/one.lua; ln -s ../src/one.lua linked/tests/one.lua; roisim test linked
ok    linked/tests/one.lua: one
1 passed, 0 failed
