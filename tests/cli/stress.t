# What correlating the inputs that move npv most does to it. Four can't all be at -0.5 with each other, and that is said.
$ roisim support_desk.lua --stress | grep -A 7 '^Stress'
Stress: what moves npv most, correlated
  deflect, aht, wage, tickets
                                                P(npv<0)                  sd USD
  not at all, as modelled                    12.3% ±0.3%          170,500 ±1,600
  alike, all pairs at 0.5                    20.4% ±0.4%          265,900 ±2,900
  against each other, at -0.32 *              4.1% ±0.2%             89,100 ±810
* 4 inputs can't all be correlated at -0.5: the nearest that can be is used.
10,000 trials  seed 1  mc  model 9a3a7ae5  roisim 0.1.0
# Two can. Names of inputs whose rise lowers the output are marked.
$ roisim hello.lua --stress | grep -A 5 '^Stress'
Stress: what moves npv most, correlated
  saved, setup (falling)
                                                P(npv<0)                  sd USD
  not at all, as modelled                    23.1% ±0.4%               6,867 ±60
  alike, all pairs at 0.5                    27.2% ±0.4%               8,244 ±70
  against each other, all pairs at -0.5       14.1% ±0.3%               5,012 ±45
$ roisim hello.lua --stress --json - | tr -d '\n\t' | grep -o '"stress":.*"drivers"' | sed 's/"drivers"//'
"stress":{"output":"npv","inputs":[{"name":"saved","direction":1}, {"name":"setup","direction":-1}],"cases":[{"repaired":false,"asked":0,"used_low":0,"used_high":0,"mean":4912.108953715959,"mean_se":68.66767978385928,"sd":6866.7679783859285,"sd_se":59.827833279073964,"p_negative":0.2307,"p_negative_se":0.004212807970938148}, {"repaired":false,"asked":0.5,"used_low":0.5,"used_high":0.5,"mean":4939.216391687579,"mean_se":82.44042367184127,"sd":8244.042367184127,"sd_se":69.78675072726021,"p_negative":0.2719,"p_negative_se":0.004449386362185239}, {"repaired":false,"asked":-0.5,"used_low":-0.5,"used_high":-0.5,"mean":4905.531333846653,"mean_se":50.11921284959087,"sd":5011.921284959088,"sd_se":44.818852518063196,"p_negative":0.1408,"p_negative_se":0.00347815123305471}],"trials":10000},
# The model as written is the run's own: the same numbers.
$ roisim hello.lua --stress --json - | tr -d '\n\t' | grep -o '"asked":0,[^}]*' | sed 's/.*"sd":\([0-9.]*\).*/\1/'; roisim hello.lua --json - | tr -d '\n\t' | grep -o '"npv":{[^}]*"sd":[0-9.]*' | sed 's/.*"sd"://'
6866.7679783859285
6866.7679783859285
# The same for any number of threads; of an output that is no npv.
$ roisim hello.lua --stress --threads 1 --json - | tr -d '\n' | grep -o '"stress":.*"drivers"' | md5sum > one; roisim hello.lua --stress --threads 2 --json - | tr -d '\n' | grep -o '"stress":.*"drivers"' | md5sum | cmp - one
$ roisim rough.lua --stress --trials 1000 | grep -A 5 '^Stress'
Stress: what moves npv most, correlated
  demand, the plant has to be closed.oc… (falling)
                                                P(npv<0)                sd M EUR
  not at all, as modelled                    72.5% ±1.4%                 128 ±46
  alike, all pairs at 0.5                    71.8% ±1.4%                 128 ±46
  against each other, all pairs at -0.5       72.7% ±1.4%                 127 ±46
# With npv not among the outputs.
$ roisim hello.lua --stress --outputs roi | grep -A 5 '^Stress'
Stress: what moves npv most, correlated
  saved, setup (falling)
                                                P(npv<0)                  sd USD
  not at all, as modelled                    23.1% ±0.4%               6,867 ±60
  alike, all pairs at 0.5                    27.2% ±0.4%               8,244 ±70
  against each other, all pairs at -0.5       14.1% ±0.3%               5,012 ±45
# Too few inputs that are not correlated yet, or none that can be had.
$ roisim launch.lua --stress | grep -A 1 '^Stress'
Stress of npv: not shown, for fewer than two of the inputs that move it are
correlated with nothing yet.
$ roisim queue.lua --stress --trials 500 | grep -A 1 '^Stress'
Stress of npv: not shown, for roi.per_trial functions draw numbers of their own.
500 trials  seed 1  mc  model 569d99fe  roisim 0.1.0
$ roisim explain hello.lua --stress
roisim: --stress does not belong to roisim explain
[2]
# Tables of the report ask for outputs of their own, which the search for what moves npv leaves alone.
$ roisim ticket_triage.lua --trials 2000 --stress | grep -A 4 '^Stress'
Stress: what moves npv most, correlated
  triage.cut, triage.minutes, triage.cash, triage.keep
                                                P(npv<0)                  sd USD
  not at all, as modelled                    46.9% ±1.1%             15,440 ±290
  alike, all pairs at 0.5                    48.5% ±1.1%             22,200 ±430
