# Designs of points: the same job, errors several times smaller, the design named in the last line.
$ roisim support_desk.lua --sampling sobol --outputs npv --prob 'payback <= 12'
Loss     12.2% chance; when it happens, 56,000 ±1,300 USD on average
────────────────────────────────────────────────────────────────────────────────
Support-desk agent  36 months  10%/year  no tax or terminal value

                   mean         P5        P25        P50        P75        P95
npv USD         179,532    -51,337     60,510    155,878    273,015    491,975
    ±se             220      1,400        990        760      1,600      2,800
P(payback <= 12) 14.0% ±0.1%
P(npv<0) 12.2% ±0.2%   worst 5% of npv -103,400 ±2,500 USD on average
E[npv]/E[cost] 78.2% ±0.2%
All inputs at median: npv 188,410

npv, k USD                  ▁▂▅▅██▇▇▇█▇▇▅▄▂▁▁▁
                        ▁▃▇▇██████████████████▆▄▄▄▃▃▂
              ░▁▁▁▂▂▃▄▆▇███████████████████████████████▇▆▆▆▅▄▃▃▃▃▂▂▂▂▂▂▁▁▁▁░
              <-200         0            200          400           600   >700

Drivers of npv: input P10 to P90, others at median (|)
deflect   0.26 to 0.54     53,582  ████████████████|██████████████████  334,754
aht        7.4 to 11.8    102,701        ██████████|█████████████       291,762
wage      19.0 to 28.4    116,039          ████████|███████████         276,716
tickets  9,000 to 11,775  139,802            ██████|███████             246,748
growth   0.005 to 0.015   147,536             █████|██████              234,662
quality   0.78 to 0.95    140,791             █████|████                219,632
run      5,905 to 3,632   146,182             █████|████                217,041
mid        9.7 to 4.6     152,764              ████|███                 213,221
and 6 more that move it less

Mean PV, USD: handling time saved 409,109 ±92; running -145,515 ±13;
              setup -66,670.9 ±4.4; incident -11,150 ±190; tokens -6,246.2 ±3.8
10,000 trials  seed 1  sobol, 16 replicates  model 9a3a7ae5  roisim 0.1.0
$ roisim support_desk.lua --sampling=lhs --outputs npv --trials 5k | tail -n 2
              setup -66,666.7 ±2.1; incident -11,110 ±300; tokens -6,253 ±21
5,000 trials  seed 1  lhs, 16 replicates  model 9a3a7ae5  roisim 0.1.0
# What a design has no dimension for is drawn plainly, and the report says so.
$ roisim seasons.lua --sampling sobol --trials 2000 | tail -n 3
Drivers: not shown, for roi.per_trial functions draw numbers of their own
Drawn plainly: demand (each period), queue (per trial)
2,000 trials  seed 1  sobol, 16 replicates  model cee5e53e  roisim 0.1.0
$ roisim seasons.lua --sampling lhs --trials 2000 --quiet --json - | sed -n '/^\t"run":/,/^\t}/p'
	"run":	{
		"trials":	2000,
		"requested":	2000,
		"seed":	1,
		"sampling":	"lhs",
		"complete":	true,
		"replicates":	16,
		"plain_draws":	["demand", "queue"]
	},
$ roisim support_desk.lua --quiet --json - --trials 50 | grep -c replicates
0
[1]
$ roisim many.lua --sampling sobol --trials 64 | tail -n 3
Drivers: not shown for 4109 uncertain inputs, only for 2000 or fewer
Drawn plainly: 9 made each period, 4 past the last dimension
64 trials  seed 1  sobol, 16 replicates  model e315468b  roisim 0.1.0
# One trial of a design is replayed as it was run; a Latin hypercube's depend on how many there are.
$ roisim explain support_desk.lua --sampling sobol --trial 20000 --output npv | grep -E 'Trial|tickets|npv'
Trial 20000 of seed 1, sobol
  tickets               9140.072117380012
  npv                   85048.41911177523
$ roisim explain support_desk.lua --sampling lhs --trial 20000 --trials 30k --output npv | grep -E 'Trial|tickets|npv'
Trial 20000 of seed 1, lhs of 30,000 trials
  tickets               11270.204929155188
  npv                   90746.07787170133
$ roisim explain support_desk.lua --sampling lhs --trial 20000
roisim: --trial 20000: a Latin hypercube of 10000 trials has none; give the --trials of the run
[2]
$ roisim explain support_desk.lua --sampling sobol --trials 5k
roisim: --trials does not belong to roisim explain without --trial
[2]
# Samples of a design hold the trials that explain replays.
$ roisim support_desk.lua --sampling sobol --trials 64 --outputs npv --samples s.csv --quiet; cut -d, -f1-3 s.csv | sed -n '1p;65p'
trial,npv,tickets
64,181478.0362698147,10180.986576224941
$ roisim explain support_desk.lua --sampling sobol --trial 64 --output npv | grep -E 'tickets|npv'
  tickets               10180.986576224941
  npv                   181478.0362698147
# Wrong words and too few trials.
$ roisim support_desk.lua --sampling sobl
roisim: --sampling 'sobl': did you mean sobol?
[2]
$ roisim support_desk.lua --sampling halton
roisim: --sampling 'halton': it is mc, lhs or sobol
[2]
$ roisim support_desk.lua --sampling
roisim: --sampling needs a value: --sampling mc|lhs|sobol
[2]
$ roisim support_desk.lua --sampling lhs --trials 31
roisim: lhs sampling needs at least 32 trials, 2 in each of its 16 replicates, not 31: ask for more trials, or for mc sampling
[2]
$ roisim support_desk.lua --sampling sobol --trials 1e14
roisim: sobol sampling has at most 68719476736 trials, not 100000000000000: ask for fewer trials, or for mc sampling
[2]
