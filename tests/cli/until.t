# Runs until an error is reached: of a statistic relative to its size, of a probability in points.
$ roisim support_desk.lua --until 'roi.mean 0.5%' | tail -n 2
until: roi.mean ±0.47% of 84.0% (asked 0.5%); took 51,000 trials in 2 runs
41,000 trials  seed 1  mc  model 9a3a7ae5  roisim 0.1.0
$ roisim support_desk.lua --until 'P(npv < 0) 0.2%' --until 'npv.p5 1500' --quiet --json - | sed -n '/^\t"run":/,/^\t}/p'
	"run":	{
		"trials":	30000,
		"requested":	30000,
		"seed":	1,
		"sampling":	"mc",
		"complete":	true,
		"until":	{
			"reached":	true,
			"runs":	2,
			"trials_total":	40000,
			"targets":	[{
					"target":	"P(npv < 0)",
					"asked":	0.002,
					"relative":	false,
					"value":	0.12283333333333334,
					"se":	0.0018951280128754325,
					"reached":	true
				}, {
					"target":	"npv.p5",
					"asked":	1500,
					"relative":	false,
					"value":	-53313.93731214403,
					"se":	1182.468069864637,
					"reached":	true
				}]
		}
	},
# The result is that of one run of so many trials.
$ roisim support_desk.lua --until 'roi.mean 0.5%' --quiet --json - | sed '/^\t"run":/,/^\t}/d;/^\t"timing":/,$d' >a; roisim support_desk.lua --trials 41k --quiet --json - | sed '/^\t"run":/,/^\t}/d;/^\t"timing":/,$d' >b; cmp a b && grep -c '"mean"' a
18
# Designs need fewer trials.
$ roisim support_desk.lua --until 'roi.mean 0.1%' --sampling sobol | tail -n 2
until: roi.mean ±0.063% of 84.2% (asked 0.1%); took 26,384 trials in 2 runs
16,384 trials  seed 1  sobol, 16 replicates  model 9a3a7ae5  roisim 0.1.0
# Reached at once; an output and a probability that were not asked for elsewhere are reported; samples are the last run's.
$ roisim support_desk.lua --until 'irr.median 5%' --until 'P(payback <= 12) 1%' --outputs npv --trials 2k --samples s.csv | grep -E '^(irr|P\(pay|until|2,000)'; wc -l <s.csv
irr              127.3%     -21.4%      42.1%     101.6%     178.9%     371.6%
P(payback <= 12) 14.0% ±0.8%
until: irr.median ±2.5% of 101.6% (asked 5%);
2,000 trials  seed 1  mc  model 9a3a7ae5  roisim 0.1.0
2001
$ roisim support_desk.lua --until 'npv.mean 1500' --outputs npv --samples s.csv | tail -n 2; wc -l <s.csv
until: npv.mean 179,640 ±1,388 (asked 1500); took 25,000 trials in 2 runs
15,000 trials  seed 1  mc  model 9a3a7ae5  roisim 0.1.0
15001
# A constant has no error.
$ roisim steady.lua --until 'zero.mean 1%' | tail -n 2
until: zero.mean 0 ±0% (asked 1%); took 10,000 trials in 1 run
10,000 trials  seed 1  mc  model 8bc65376  roisim 0.1.0
# The mean of a condition is its probability; what no trial met has an error all the same.
$ roisim steady.lua --until 'high.mean 0.3%' --until 'never_so.mean 0.02%' --trials 1k | tail -n 3
until: high.mean 15.6% ±0.22% (asked 0.3%);
       never_so.mean 0% ±0.0036% (asked 0.02%); took 28,000 trials in 2 runs
27,000 trials  seed 1  mc  model 8bc65376  roisim 0.1.0
# Too few trials for an error are no reason to give up; functions of each trial run as often as is needed.
$ roisim steady.lua --until 'even.p1 0.1' --trials 3 | tail -n 2
until: even.p1 -2.225 ±0.087 (asked 0.1); took 4,003 trials in 2 runs
4,000 trials  seed 1  mc  model 8bc65376  roisim 0.1.0
$ roisim seasons.lua --until 'sales.mean 1%' --trials 100 | tail -n 2
until: sales.mean ±0.99% of 1,850 (asked 1%); took 530 trials in 2 runs
430 trials  seed 1  mc  model cee5e53e  roisim 0.1.0
# A plain error of a probability is a share; where that is surely not meant, it is refused.
$ roisim hello.lua --until 'P(npv < 0) 0.2'
roisim: --until 'P(npv < 0) 0.2': a plain error of a probability is a share: 0.2 is 20 points, which a few trials reach; write 0.2%, or 20%
[2]
$ roisim steady.lua --until 'high.mean 5'
roisim: --until 'high.mean 5': a plain error of a probability is a share: 5 is 500 points, which a few trials reach; write 5%
[2]
$ roisim hello.lua --until 'P(npv < 0) 0.01' --trials 100 | grep until
until: P(npv < 0) 24.3% ±0.91% (asked 1%); took 2,300 trials in 2 runs
# What more trials can't settle is reported with what there is, and ends with status 1.
$ roisim support_desk.lua --until 'payback.p95 1' --trials 500 | tail -n 3
roisim: --until 'payback.p95': it is never: no number of trials gives it an error
until: payback.p95 never, error unknown (asked 1: not reached);
       took 500 trials in 1 run
500 trials  seed 1  mc  model 9a3a7ae5  roisim 0.1.0
$ roisim support_desk.lua --until 'payback.mean 1%' --trials 500 | tail -n 3
roisim: --until 'payback.mean': it has none, for 12.2% of the trials are never: ask for the median, or for a probability
until: payback.mean -, error unknown (asked 1%: not reached);
       took 500 trials in 1 run
500 trials  seed 1  mc  model 9a3a7ae5  roisim 0.1.0
$ roisim steady.lua --until 'even.mean 1%' --trials 500 | tail -n 2
roisim: --until 'even.mean': it can't be told from 0, -0.0028 +-0.0056, and a share of nothing is never reached: ask for an error without %
       took 32,500 trials in 2 runs
32,000 trials  seed 1  mc  model 8bc65376  roisim 0.1.0
# A limit of time leaves what is done, marked, with status 3.
$ roisim support_desk.lua --until 'npv.mean 0.0001' --trials 100 --time-limit 0.5 --threads 1 --max-memory 100M >out; echo $?; sed -n 1p out | cut -c 1-8; grep -c 'not reached' out
3
partial:
1
# Wrong words.
$ roisim support_desk.lua --until 'roi.mean'
roisim: --until 'roi.mean': write what, then the error: 'roi.mean 0.5%', 'P(npv < 0) 0.2%'
[2]
$ roisim support_desk.lua --until 'roi 1%'
roisim: --until 'roi 1%': write an output and its statistic, or a probability: 'roi.mean 0.5%', 'P(npv < 0) 0.2%'
[2]
$ roisim support_desk.lua --until 'roi.maen 1%'
roisim: --until 'roi.maen 1%': no statistic is called 'maen'; did you mean mean?
[2]
$ roisim support_desk.lua --until 'roi.p42 1%'
roisim: --until 'roi.p42 1%': no statistic is called 'p42'; there are mean, sd, median, cvar5 and p1 p5 p10 p25 p50 p75 p90 p95 p99
[2]
$ roisim support_desk.lua --until 'rio.mean 1%'
roisim: --until 'rio.mean 1%': the model has no output 'rio'; did you mean 'roi'?
[2]
$ roisim support_desk.lua --until 'wage.mean 1%'
roisim: --until 'wage.mean 1%': 'wage' is an input, not an output; --json and --samples report inputs
[2]
$ roisim support_desk.lua --until '["a b"].mean 1%'
roisim: --until '["a b"].mean 1%': the model has no output 'a b'; it has npv, roi, payback, discounted_payback, irr, bcr, pv_benefit, pv_cost, peak_funding
[2]
$ roisim support_desk.lua --until '["a b" 1%'
roisim: --until '["a b" 1%': write the output's name in brackets and its statistic, as in ["a b"].mean
[2]
$ roisim support_desk.lua --until 'roi.mean one%'
roisim: --until 'roi.mean one%': the error comes last, a number or a percentage: 'roi.mean 0.5%', 'npv.p5 2000'
[2]
$ roisim support_desk.lua --until 'roi.mean 0'
roisim: --until 'roi.mean 0': the error must be above 0: no number of trials brings it to nothing
[2]
$ roisim support_desk.lua --until 'roi.mean -1%'
roisim: --until 'roi.mean -1%': the error must be above 0: no number of trials brings it to nothing
[2]
$ roisim support_desk.lua --until 'P(npv << 0) 1%'
roisim: --until 'npv << 0': column 6: a number or a name should stand here
[2]
$ roisim support_desk.lua --until 'P(wages < 20) 1%'
roisim: --until 'wages < 20': column 1: no output or input is called 'wages'; did you mean 'wage'?
[2]
$ roisim explain support_desk.lua --until 'roi.mean 1%'
roisim: --until does not belong to roisim explain
[2]
