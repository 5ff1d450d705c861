# The quick answer, with and without UTF-8.
$ roisim sensitivity support_desk.lua
At least 60% of the variance of roi comes from deflect, aht and wage: measure
these first.
Fixing mid, incident.loss, tokens, price, k and decay at their medians moves the
mean from 83.6% to 87.0% and the standard deviation from 80.6% to 80.2%: they
need no more work.
────────────────────────────────────────────────────────────────────────────────
Support-desk agent  36 months  10%/year  no tax or terminal value
roi: mean 83.6%; standard deviation 80.6%; all inputs at median 88.6%

                                             share of variance               roi
deflect          ██████████████████████████        40.8% ±1.4%   25.2% to 157.4%
aht              ███████████▍                      18.0% ±0.7%   48.3% to 137.2%
wage             █████████                         14.2% ±0.7%   54.6% to 130.1%
run              █████▎                             8.4% ±0.8%  117.9% to  57.4%
incident.occurs  ███▊                               5.9% ±0.8%   88.6% to  48.5%
tickets          ███▋                               5.7% ±0.3%   66.0% to 115.6%
growth           ██▊                                4.3% ±0.2%   69.6% to 110.0%
quality          ██▍                                3.8% ±0.2%   66.2% to 103.3%
setup            █▋                                 2.6% ±0.1%  104.1% to  71.2%
mid              █▏                                 1.8% ±0.1%  100.0% to  72.1%
incident.loss    ▉                                  1.5% ±0.4%   88.6% to  88.6%
tokens                                            0.13% ±0.01%   90.7% to  85.1%
price                                             0.08% ±0.01%   91.0% to  86.2%
k                                                 0.07% ±0.01%   84.6% to  89.5%
decay                                           0.022% ±0.002%   87.2% to  89.7%

Last column: each input from its P10 to its P90, the others at their median.
Shares add up to 107%: what inputs do together is counted for each of them.
89,663 evaluations  seed 1  model 9a3a7ae5  roisim 0.1.0
$ LC_ALL=C roisim sensitivity hello.lua
saved matters most for roi, but neither input can be left out.
--------------------------------------------------------------------------------
Hello  12 months  8%/year  no tax or terminal value
roi: mean 49.0%; standard deviation 65.1%; all inputs at median 36.5%

                                       share of variance              roi
saved  ##############################       57.0% +-2.8%  -8.3% to 103.3%
setup  #########################            46.8% +-1.8%  95.1% to  -4.5%

Last column: each input from its P10 to its P90, the others at their median.
Shares add up to 104%: what inputs do together is counted for each of them.
16,389 evaluations  seed 1  model daa42a2e  roisim 0.1.0
# Correlated inputs: rows from one run, each share by itself; the sentence from shares of sets, which add up.
$ roisim sensitivity sensitive.lua
At least 68% of the variance of roi comes from price+volume: measure these
first.
────────────────────────────────────────────────────────────────────────────────
Sensitive  6 months  no discounting  no tax or terminal value
roi: mean 41.8%; standard deviation 35.2%

                                             share of variance             roi
volume       ██████████████████████████████        17.6% ±2.2%   9.3% to 59.8%
price        ████████████████████████████▊         16.8% ±2.2%  10.7% to 61.0%
wage         ██████████████████████▏               12.9% ±2.2%  22.0% to 64.4%
demand       █████████████████▊                    10.4% ±2.2%  21.9% to 62.5%
leak.occurs  ███████▏                               4.2% ±0.7%  19.9% to 44.2%

Last column: how far the target's mean moves over tenths of an input's values,
in a run's trials.
Note: some inputs are correlated: what one explains includes what it says of the
others; taken together, price+volume explain at least 68% of the variance.
Note: demand is drawn anew each period; the mean over the periods is looked at
here.
Note: with 10,000 trials an input without influence shows a swing of about 0.097
standard deviations.
Without influence: idle
44,576 evaluations  seed 1  model 4b63a7aa  roisim 0.1.0
# A period of a series, a condition, an output of one draw, of none, one that is always the same.
$ roisim sensitivity support_desk.lua --output 'cumulative[12]' | head -n 9
At least 46% of the variance of cumulative[12] comes from incident.occurs,
incident.loss, deflect and mid: measure incident.loss, deflect and mid first
(incident.occurs is chance).
Fixing tickets, quality, k, growth, tokens, price and decay at their medians
moves the mean from -55,052 to -54,586 and the standard deviation from 56,828 to
55,870: they need no more work.
────────────────────────────────────────────────────────────────────────────────
Support-desk agent  36 months  10%/year  no tax or terminal value
cumulative[12]: mean -55,052; standard deviation 56,828;
$ roisim sensitivity hello.lua --output 'payback <= 9' | head -n 12
saved matters most for whether payback <= 9, but neither input can be left out.
────────────────────────────────────────────────────────────────────────────────
Hello  12 months  8%/year  no tax or terminal value
payback <= 9: in 56.2% of cases

                                       share of variance   payback <= 9
saved  ██████████████████████████████        70.7% ±1.9%  7.1% to 98.1%
setup  ██████████████████████████▍           62.2% ±1.8%  9.8% to 94.1%

Last column: how far the target's mean moves over tenths of an input's values,
in a run's trials.
Shares add up to 133%: what inputs do together is counted for each of them.
$ roisim sensitivity sensitive.lua --output idle
idle is the only uncertain input behind idle.
────────────────────────────────────────────────────────────────────────────────
Sensitive  6 months  no discounting  no tax or terminal value
idle: mean 0.5000; standard deviation 0.2887; all inputs at median 0.5000

                                      share of variance              idle
idle  ██████████████████████████████       100.0% ±0.5%  0.1000 to 0.9000

Last column: each input from its P10 to its P90, the others at their median.
Without influence: price, volume, demand, wage, leak.occurs
12,291 evaluations  seed 1  model 4b63a7aa  roisim 0.1.0
$ roisim sensitivity sensitive.lua --output fixed
fixed depends on no uncertain input, so there is nothing to rank.
────────────────────────────────────────────────────────────────────────────────
Sensitive  6 months  no discounting  no tax or terminal value
Without influence: price, volume, demand, idle, wage, leak.occurs
0 evaluations  seed 1  model 4b63a7aa  roisim 0.1.0
$ roisim sensitivity sensitive.lua --output dry --trials 1000
dry is the same in every trial, so there is nothing to rank.
────────────────────────────────────────────────────────────────────────────────
Sensitive  6 months  no discounting  no tax or terminal value
dry: in 0.0% of cases

Note: dry is 0 in every trial: there is no uncertainty to explain.
Without influence: volume, demand, idle, wage, leak.occurs
14,288 evaluations  seed 1  model 4b63a7aa  roisim 0.1.0
# volume is correlated with price, which has no part in it: all of its variance is its own.
$ roisim sensitivity sensitive.lua --output 'volume < 90' | head -n 7
volume is the only uncertain input behind whether volume < 90.
────────────────────────────────────────────────────────────────────────────────
Sensitive  6 months  no discounting  no tax or terminal value
volume < 90: in 30.9% of cases

                                        share of variance     volume < 90
volume  ██████████████████████████████       100.6% ±2.7%  0.0% to 100.0%
# Of what is hardly ever so, or is known to within its own size, nothing is said but what would tell.
$ roisim sensitivity support_desk.lua --output 'payback <= 6' | head -n 3
Too rare here to tell what decides it: payback <= 6 is so in 0.06% of 4,096
points. Try --base 262144.
────────────────────────────────────────────────────────────────────────────────
$ roisim sensitivity support_desk.lua --output 'npv > -120e3' | head -n 3
Too rare here to tell what decides it: npv > -120e3 is not so in 1.2% of 4,096
points. Try --base 16384.
────────────────────────────────────────────────────────────────────────────────
$ roisim sensitivity support_desk.lua --output irr --trials 300 | head -n 4
Alone, deflect explains at least 16% of the variance of irr, aht at least 3% and
mid at least 1%: measure these first; 12 more may matter as much.
────────────────────────────────────────────────────────────────────────────────
Support-desk agent  36 months  10%/year  no tax or terminal value
$ roisim sensitivity support_desk.lua --output 'net[1]' --base 64 | head -n 3
Too little is known to tell what moves net[1]: the share of mid is 22.8% ±29.9%.
Try --base 1024.
────────────────────────────────────────────────────────────────────────────────
# A target without a value in some trials.
$ roisim sensitivity support_desk.lua --output irr | sed -n '1,12p'
Alone, deflect explains at least 28% of the variance of irr, aht at least 12%
and wage at least 9%: measure these first.
────────────────────────────────────────────────────────────────────────────────
Support-desk agent  36 months  10%/year  no tax or terminal value
irr: mean 129.1%; standard deviation 131.7%;
  38 of 10,000 left out: no number there

                                             share of variance               irr
deflect          ██████████████████████████        31.1% ±3.8%   12.0% to 265.7%
aht              ████████████▌                     15.0% ±3.1%   60.4% to 221.2%
wage             █████████▉                        11.8% ±3.1%   58.7% to 215.5%
tickets          ████▏                              5.1% ±2.8%   80.6% to 182.3%
# Methods.
$ roisim sensitivity first_year.lua --method tornado
What moves roi? Each input from its P10 to its P90, the others at their median.
────────────────────────────────────────────────────────────────────────────────
First year  1 year  0%/year  no tax or terminal value
roi: all inputs at median 300.0%

                                   at P10  at P90    swing  input P10  input P90
api      █████████|██████████████  401.7%  232.6%  -169.1%      797.3      1,203
revenue      █████|██████          259.5%  340.5%    81.1%      1,595      2,405
labour        ████|████            269.6%  330.4%    60.8%      1,196      1,804
other            █|██              289.9%  310.1%    20.3%      398.7      601.3

9 evaluations  seed 1  model bedd2ad4  roisim 0.1.0
$ roisim sensitivity first_year.lua --method binned
What moves roi? How far the target's mean moves over tenths of an input's
values, in a run's trials.
────────────────────────────────────────────────────────────────────────────────
First year  1 year  0%/year  no tax or terminal value
roi: mean 309.2%; standard deviation 75.6%

                                         lowest mean  highest mean         swing
api      ████████████|████████████████  219.9% ±2.0%  435.7% ±3.9%  215.8% ±4.4%
revenue       ███████|███████           256.6% ±3.8%  364.6% ±5.0%  108.0% ±6.3%
labour          █████|█████             270.9% ±4.1%  348.2% ±4.8%   77.2% ±6.3%
other              ██|█                 297.0% ±4.6%  321.8% ±4.7%   24.8% ±6.6%

Note: with 10,000 trials an input without influence shows a swing of about 0.097
standard deviations.
10,000 evaluations  seed 1  model bedd2ad4  roisim 0.1.0
$ roisim sensitivity first_year.lua --method rank
What moves roi? Rank correlation with the target, and the same with the other
inputs held fixed.
────────────────────────────────────────────────────────────────────────────────
First year  1 year  0%/year  no tax or terminal value
roi: mean 309.2%; standard deviation 75.6%

                                              Spearman        partial
api      ██████████████████████████████  -0.836 ±0.006  -0.978 ±0.002
revenue  ██████████████▌                  0.405 ±0.017   0.916 ±0.005
labour   ██████████▊                      0.302 ±0.018   0.860 ±0.008
other    ███▌                             0.099 ±0.019   0.485 ±0.019

10,000 evaluations  seed 1  model bedd2ad4  roisim 0.1.0
$ roisim sensitivity first_year.lua --method regression
What moves roi? A linear model's standardised coefficients, and how much it
explains.
────────────────────────────────────────────────────────────────────────────────
First year  1 year  0%/year  no tax or terminal value
roi: mean 309.2%; standard deviation 75.6%; R2 0.970; R2 of ranks 0.968

                                           coefficient
api      ██████████████████████████████  -0.836 ±0.009
revenue  ██████████████▉                  0.417 ±0.007
labour   ██████████▉                      0.305 ±0.006
other    ███▌                             0.100 ±0.004

10,000 evaluations  seed 1  model bedd2ad4  roisim 0.1.0
$ roisim sensitivity first_year.lua --method sobol --second --base 1000
What moves roi? Shares of the variance: alone (first), with all interactions
(total), in pairs. Sorted by total.
────────────────────────────────────────────────────────────────────────────────
First year  1 year  0%/year  no tax or terminal value
roi: mean 309.7%; standard deviation 76.3%

                                                first         total
api      ██████████████████████████████  0.726 ±0.104  0.734 ±0.095
revenue  ██████▉                         0.164 ±0.021  0.169 ±0.012
labour   ███▊                            0.093 ±0.035  0.095 ±0.006
other    ▍                               0.010 ±0.006  0.011 ±0.001

Pairs: what two inputs do together, beyond what each does alone
api × revenue                                           0.003 ±0.089
revenue × other                                         0.001 ±0.035
api × other                                            -0.001 ±0.074
labour × revenue                                       -0.001 ±0.056
labour × other                                          0.000 ±0.047
api × labour                                            0.000 ±0.109

Note: Sobol' points come in powers of two: 1,024 base points in place of 1,000.
10,240 evaluations  seed 1  model bedd2ad4  roisim 0.1.0
$ roisim sensitivity first_year.lua --method morris
What moves roi? Elementary effects of one input at a time, from many places: few
runs of the model.
────────────────────────────────────────────────────────────────────────────────
First year  1 year  0%/year  no tax or terminal value

                                                  mu*       mu  sigma
api      ██████████████████████████████  199.3% ±7.1%  -199.3%  29.0%
revenue  ██████████████▌                  97.1% ±3.5%    97.1%  15.5%
labour   ███████████▏                     74.1% ±3.0%    74.1%  11.5%
other    ███▋                             24.4% ±1.1%    24.4%   4.2%

Note: effects are the change of roi per 100 points of an input's percentile, at
the percentiles 12.5, 37.5, 62.5 and 87.5.
320 evaluations  seed 1  model bedd2ad4  roisim 0.1.0
$ roisim sensitivity first_year.lua --method given-data
What moves roi? From a run's trials, correlated or not: first order, Borgonovo's
delta, PAWN. Sorted by delta.
────────────────────────────────────────────────────────────────────────────────
First year  1 year  0%/year  no tax or terminal value
roi: mean 309.2%; standard deviation 75.6%

                                 first         delta          PAWN      PAWN max
api      ███████████████  0.712 ±0.012  0.431 ±0.028  0.371 ±0.020  0.645 ±0.035
revenue  █████            0.178 ±0.022  0.145 ±0.022  0.116 ±0.035  0.275 ±0.048
labour   ███▌             0.098 ±0.021  0.104 ±0.019  0.108 ±0.030  0.190 ±0.050
other    █▏               0.010 ±0.020  0.033 ±0.031  0.044 ±0.028  0.059 ±0.056

10,000 evaluations  seed 1  model bedd2ad4  roisim 0.1.0
$ roisim sensitivity first_year.lua --method threshold --set 'api=roi.uniform(1000, 9000)'
What moves npv? The percentile of each input alone at which the expected target
turns positive. Sorted by chance.
────────────────────────────────────────────────────────────────────────────────
First year  1 year  0%/year  no tax or terminal value
npv: mean -1,012

in 10k KRW                 percentile      at value       chance   at P5  at P95
api      ███████████████  37.5% ±0.1%  4,001.4 ±7.6  37.5% ±0.1%   2,601  -4,599
labour                              -             -            -  -1,383    -637
revenue                             -             -            -  -1,511    -517
other                               -             -            -  -1,136    -888

Note: expected npv is negative as it is: the chance is that of turning it
positive.
416,720 evaluations  seed 1  model bedd2ad4  roisim 0.1.0
# Groups, and correlated inputs where a method needs independence.
$ roisim sensitivity first_year.lua --method sobol --group gains=labour,revenue,other
What moves roi? Shares of the variance: alone (first), with all interactions
(total), in pairs. Sorted by total.
────────────────────────────────────────────────────────────────────────────────
First year  1 year  0%/year  no tax or terminal value
roi: mean 309.7%; standard deviation 76.3%

                                              first         total
api    ██████████████████████████████  0.726 ±0.012  0.732 ±0.011
gains  ███████████▏                    0.267 ±0.015  0.274 ±0.009

16,384 evaluations  seed 1  model bedd2ad4  roisim 0.1.0
$ roisim sensitivity sensitive.lua --method sobol --output npv
What moves npv? Shares of the variance: alone (first), with all interactions
(total), in pairs. Sorted by total.
────────────────────────────────────────────────────────────────────────────────
Sensitive  6 months  no discounting  no tax or terminal value
npv: mean 1,705; standard deviation 1,389

                                                     first         total
price+volume  ██████████████████████████████  0.771 ±0.024  0.767 ±0.019
demand        ████▉                           0.112 ±0.015  0.128 ±0.006
wage          ██▊                             0.071 ±0.011  0.073 ±0.002
leak.occurs   █▏                              0.030 ±0.008  0.030 ±0.001

Note: price+volume: correlated inputs count as one here; --method given-data
takes each by itself.
Note: draws made anew each period (1) are plain random numbers, not Sobol'
points.
Without influence: idle
24,576 evaluations  seed 1  model 4b63a7aa  roisim 0.1.0
$ roisim sensitivity sensitive.lua --method sobol --output npv --group money=price,wage | head -n 12
What moves npv? Shares of the variance: alone (first), with all interactions
(total), in pairs. Sorted by total.
────────────────────────────────────────────────────────────────────────────────
Sensitive  6 months  no discounting  no tax or terminal value
npv: mean 1,705; standard deviation 1,389

                                                    first         total
money        ██████████████████████████████  0.842 ±0.027  0.839 ±0.024
demand       ████▌                           0.112 ±0.015  0.128 ±0.006
leak.occurs  █                               0.030 ±0.008  0.030 ±0.001

Note: money takes along what is correlated with price: volume.
# JSON: to a file, and alone.
$ roisim sensitivity first_year.lua --method sobol --base 64 --json out.json --quiet; tr -d '\t\n ' <out.json | cut -c 1-400
{"schema":"roisim.sensitivity/1","method":"sobol","methods":["sobol"],"target":"roi","kind":"share","evaluations":384,"inputs":{"api":{"first":0.7509105309234598,"first_ci":[0.5180582367462967,1.0138653091598404],"total":0.7561788820744583,"total_ci":[0.5657872868815194,1.0391664846455235]},"labour":{"first":0.12157945489453363,"first_ci":[0.012532304068453966,0.21397472702730908],"total":0.092759
$ roisim sensitivity first_year.lua --base 64 --json - | tr -d '\t\n ' | grep -o '"\(method\|methods\|target\|evaluations\|pairs\|sampling\|kind\)":[^,}]*'
"method":"default"
"methods":["sobol"
"target":"roi"
"kind":"share"
"evaluations":20393
"pairs":[]
"sampling":null
# In the quick answer a group among correlated inputs has the share of its set.
$ roisim sensitivity sensitive.lua --output npv --group money=price,wage
At least 81% of the variance of npv comes from money: measure these first.
────────────────────────────────────────────────────────────────────────────────
Sensitive  6 months  no discounting  no tax or terminal value
npv: mean 1,683; standard deviation 1,389

in EUR                                       share of variance           npv
money        ██████████████████████████████        84.2% ±2.7%             -
volume       ██████▊                               19.2% ±2.2%  338 to 2,417
demand       ████                                  11.6% ±2.2%  859 to 2,534
leak.occurs  █                                      3.1% ±0.7%  946 to 1,763

Last column: how far the target's mean moves over tenths of an input's values,
in a run's trials.
Note: money takes along what is correlated with price: volume.
Note: some inputs are correlated: what one explains includes what it says of the
others.
Note: demand is drawn anew each period; the mean over the periods is looked at
here.
Note: with 10,000 trials an input without influence shows a swing of about 0.097
standard deviations.
Without influence: idle
40,480 evaluations  seed 1  model 4b63a7aa  roisim 0.1.0
$ roisim sensitivity sensitive.lua --output npv --group money=price,wage --group amount=volume
roisim: --group 'amount=volume': 'volume' is correlated with 'price' of --group 'money=price,wage'; put them into one group
[2]
# volume alone is behind this; what it is correlated with is without influence for every method.
$ roisim sensitivity sensitive.lua --output 'volume < 90' --method sobol
What moves whether volume < 90? Shares of the variance: alone (first), with all
interactions (total), in pairs. Sorted by total.
────────────────────────────────────────────────────────────────────────────────
Sensitive  6 months  no discounting  no tax or terminal value
volume < 90: in 30.9% of cases

                                               first         total
volume  ██████████████████████████████  1.007 ±0.027  1.006 ±0.027

Without influence: price, demand, idle, wage, leak.occurs
12,288 evaluations  seed 1  model 4b63a7aa  roisim 0.1.0
# A target without variance, and one without a sign.
$ roisim sensitivity sensitive.lua --output 'volume < -1e9' --method sobol
volume < -1e9 is the same in every trial, so there is nothing to rank.
────────────────────────────────────────────────────────────────────────────────
Sensitive  6 months  no discounting  no tax or terminal value
volume < -1e9: in 0.0% of cases

Note: volume < -1e9 is 0 in all of 8192 points: there is no uncertainty to
explain.
Without influence: price, demand, idle, wage, leak.occurs
12,288 evaluations  seed 1  model 4b63a7aa  roisim 0.1.0
$ roisim sensitivity sensitive.lua --output payback --method threshold
roisim: threshold: payback is a period, which is never negative; it takes an output that can be, such as npv
[2]
$ roisim sensitivity sensitive.lua --output npv --json - | grep -c without_influence
1
# The same numbers on one thread and on all; other seeds give others.
$ roisim sensitivity support_desk.lua --threads 1 --json - | sed '/timing/,$d' >one.json; roisim sensitivity support_desk.lua --json - | sed '/timing/,$d' | cmp - one.json && echo same
same
$ ROISIM_ISA=baseline roisim sensitivity support_desk.lua --json - | sed '/timing/,$d' | cmp - one.json && echo same
same
$ roisim sensitivity support_desk.lua --seed 2 --json - | sed '/timing/,$d' | cmp -s - one.json || echo other
other
# Wrong usage.
$ roisim sensitivity
roisim: no model was named; usage: roisim sensitivity MODEL.lua [OPTION]..., see roisim --help
[2]
$ roisim sensitivty hello.lua
roisim: unknown command 'sensitivty'; did you mean sensitivity?
[2]
$ roisim sensitivity hello.lua --method sobl
roisim: there is no method 'sobl'; did you mean 'sobol'?
[2]
$ roisim sensitivity hello.lua --method anova
roisim: there is no method 'anova'; there are tornado, binned, rank, regression, sobol, morris, given-data and threshold
[2]
$ roisim sensitivity hello.lua --output rio
roisim: the model has no output 'rio'; did you mean 'roi'?
[2]
$ roisim sensitivity first_year.lua --output 'ROI abov 200%'
roisim: the model has no output 'ROI abov 200%'; did you mean 'ROI above 200%'?
[2]
$ roisim sensitivity hello.lua --output 'cumulative'
roisim: --output 'cumulative': column 1: 'cumulative' is a series, one number a period: write which, as in cumulative[12]
[2]
$ roisim sensitivity hello.lua --output 'cumulative[13]'
roisim: --output 'cumulative[13]': column 12: the periods of 'cumulative' are 0 to 12
[2]
$ roisim sensitivity hello.lua --outputs npv
roisim: --outputs does not belong to roisim sensitivity: an output or a condition is named by --output, as in --output 'npv < 0'
[2]
$ roisim sensitivity hello.lua --prob 'npv < 0'
roisim: --prob does not belong to roisim sensitivity: an output or a condition is named by --output, as in --output 'npv < 0'
[2]
$ roisim sensitivity hello.lua --samples x.csv
roisim: --samples does not belong to roisim sensitivity
[2]
$ roisim hello.lua --method sobol
roisim: --method belongs to roisim sensitivity
[2]
$ roisim hello.lua --output npv
roisim: --output belongs to roisim explain, sensitivity and compare; a run takes --outputs
[2]
$ roisim explain hello.lua --base 5
roisim: --base belongs to roisim sensitivity
[2]
$ roisim sensitivity hello.lua --method rank --base 5
roisim: --base has no effect on the method rank; it belongs to sobol, morris
[2]
$ roisim sensitivity hello.lua --method sobol --trials 5000
roisim: --trials has no effect on the method sobol; it belongs to binned, rank, regression, given-data, threshold
[2]
$ roisim sensitivity hello.lua --method rank --second
roisim: --second has no effect on the method rank; it belongs to sobol
[2]
$ roisim sensitivity hello.lua --second
roisim: --second needs --method sobol
[2]
$ roisim sensitivity hello.lua --method given-data --trials 50
roisim: given-data: --trials 50 is too few for an answer; it needs at least 200
[2]
$ roisim sensitivity hello.lua --method sobol --base 4
roisim: sobol: --base 4 is too few for an answer; it needs at least 64
[2]
$ roisim sensitivity hello.lua --group all=saved,setip
roisim: --group 'all=saved,setip': the model draws no 'setip'; did you mean 'setup'?
[2]
$ roisim sensitivity hello.lua --group all=saved --group most=saved
roisim: --group 'most=saved': 'saved' is in the group 'all=saved' already
[2]
$ roisim sensitivity hello.lua --method sobol --bootstrap 1e9
roisim: --bootstrap 1000000000: more than 100000 resamples change nothing that is printed
[2]
$ roisim sensitivity hello.lua --method sobol --bootstrap 5
roisim: --bootstrap 5: a 95% interval takes 100 resamples or more
[2]
$ roisim sensitivity hello.lua --output 'npv <'
roisim: --output 'npv <': column 6: a number or a name is missing at the end
[2]
$ roisim sensitivity hello.lua --output 'npv +'
roisim: --output 'npv +': column 6: a number or a name is missing at the end
[2]
$ roisim sensitivity hello.lua --output 'paybck'
roisim: the model has no output 'paybck'; did you mean 'payback'?
[2]
# Nothing is written unless all is done.
$ echo old >kept.json; roisim sensitivity hello.lua --output rio --json kept.json; cat kept.json; ls | grep -c json
roisim: the model has no output 'rio'; did you mean 'roi'?
old
3
$ roisim sensitivity support_desk.lua --method sobol --base 4M --threads 1 --time-limit 0.3 --json limit.json; echo $?; ls -A | grep -c limit
roisim: the time limit passed before there was any result; raise it with --time-limit
3
0
[1]
$ env --default-signal=INT timeout --preserve-status -s INT 3 roisim sensitivity support_desk.lua --method sobol --base 4M --threads 1 --json stopped.json; echo $?; ls -A | grep -c stopped
roisim: interrupted before there was any result
130
0
[1]
