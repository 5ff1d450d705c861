# The tables that a model brings: their errors beside the values where they fit, else below.
$ roisim parts.lua | sed -n '/^Use cases/,$p'
Use cases, EUR
                                                            payback
name         npv      P5     P95  E[npv]/E[cost]  P(npv<0)  P50 mo.
triage    16,200    -120  37,420           98.8%      5.2%       12
    ±se      120     160     380            0.8%      0.2%     0.50
letters    1,723  -5,108  13,900           25.9%     48.4%       22
    ±se       64      56     290            1.0%      0.5%        0
Costs of the model's own, borne by its use cases: licences (equal).

Years, EUR
                                                         E[npv]/E[cost]
year      benefits       costs         net   cumulative         to date
year 1  22,176 ±70  21,828 ±39     348 ±80     348 ±80      -2.3% ±0.4%
year 2  22,176 ±70   1,440      20,736 ±70  21,080 ±140     77.8% ±0.6%
Undiscounted means but for the last column, of present values. What falls at the
start is in year 1.

Costs by category, EUR
category     mean PV
set-up    20,386 ±39
licences   2,661
Present values.
10,000 trials  seed 1  mc  model 8f4946f4  roisim 0.1.0
# The same figures under a design, with its errors; in any number of threads and where columns are not kept.
$ roisim parts.lua --sampling sobol --trials 4096 | sed -n '/^Use cases/,/^Years/p'
Use cases, EUR
                                                              payback
name           npv      P5     P95  E[npv]/E[cost]  P(npv<0)  P50 mo.
triage    16,151.5    -147  37,600          98.90%      5.2%       12
    ±se        6.4      86     130           0.04%      0.1%     0.50
letters      1,633  -5,156  13,288           24.5%     48.9%       22
    ±se         12      40      88            0.2%      0.1%        0
Costs of the model's own, borne by its use cases: licences (equal).

Years, EUR
$ roisim parts.lua --threads 1 | sed -n '/^Use cases/,$p' >one; roisim parts.lua --threads 3 --max-memory 1M | sed -n '/^Use cases/,$p' | cmp - one
# Which outputs are listed makes no difference to them, nor they to these: neither in the report nor among the samples.
$ roisim parts.lua --outputs irr | sed -n '/^Use cases/,$p' | cmp - one
$ roisim parts.lua --outputs irr --quiet --samples s.csv; sed -n 1p s.csv
trial,irr,triage.gain,letters.leak.occurs,letters.leak.loss,parts.lua:8,parts.lua:11,parts.lua:12
$ roisim parts.lua --outputs irr --json - | tr -d ' \n\t' | grep -o '"outputs":{"[a-z]*":{"kind":"[a-z]*"'
"outputs":{"irr":{"kind":"share"
$ roisim parts.lua --outputs irr --json - | tr -d ' \n\t' | grep -o '},"[a-z]*":{"kind":"[a-z]*"'
[1]
# In the JSON.
$ roisim parts.lua --json - | tr -d ' \n\t' | grep -o '"use_cases":.*"npv_p95"' | grep -o '^.*"npv_p95"' | cut -c 1-220
"use_cases":[{"name":"triage","npv":{"mean":16203.698661217419,"se":118.29972578677325,"n":10000},"npv_p5":{"value":-124.54945898334194,"se":161.6650908098288,"n":10000},"npv_p95":{"value":37423.3618259167,"se":376.17901
$ roisim parts.lua --json - | tr -d ' \n\t' | grep -o '"costs_by_category":.*,"provenance"'
"costs_by_category":[{"category":"set-up","pv":{"mean":20385.767267698386,"se":38.99146262144992,"n":10000}},{"category":"licences","pv":2660.7493703160203}],"provenance"
# What none of the trials shows, in a thousand of them: the 95% limit; a table in plain ASCII.
$ LC_ALL=C roisim parts.lua --trials 1000 --set triage.gain=5000 | sed -n '/^Use cases/,/^Costs/p'
Use cases, EUR
                                                            payback
name         npv      P5     P95  E[npv]/E[cost]  P(npv<0)  P50 mo.
triage    94,490  87,620  99,710          576.9%        0%        3
    +-se     120     290     130            4.8%     <0.4%        0
letters    1,720  -5,410  13,500           25.7%     49.3%       22
    +-se     200     120   1,000            3.1%      1.6%     0.50
Costs of the model's own, borne by its use cases: licences (equal).
