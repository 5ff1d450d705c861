# The main job, on a terminal without UTF-8 and with it.
$ LC_ALL=C roisim support_desk.lua --trials 10000
ROI      83.6% expected; 90% range -21.6% to 233.1%
Loss     12.3% chance; when it happens, 57,000 +-1,600 USD on average
Payback  month 19 (median); 9.6% never within 36 months
--------------------------------------------------------------------------------
Support-desk agent  36 months  10%/year  no tax or terminal value

                   mean         P5        P25        P50        P75        P95
npv USD         179,028    -54,511     58,731    156,659    274,083    489,670
    +-se          1,700      2,200      1,800      2,100      2,100      4,800
roi               83.6%     -21.6%      25.3%      70.2%     126.5%     233.1%
    +-se           0.8%       0.9%       0.7%       1.0%       1.5%       3.0%
payback mo.           -         10         15         19         26      never
    +-se              -          0       0.50          0       0.50          -
P(npv<0) 12.3% +-0.3%   worst 5% of npv -104,400 +-3,400 USD on average
payback never 9.6% +-0.3%   E[npv]/E[cost] 78.0% +-0.8%
All inputs at median: npv 188,410, roi 88.6%, payback 17

npv, k USD                  ..::::####:::::.
                        ..:####################::...
              <......::#################################::::::.............>
              <-200         0            200          400           600   >700

Drivers of roi: input P10 to P90, others at median (|)
deflect               0.26 to 0.54    25%  ##############|###############  157%
aht                    7.4 to 11.8    48%       #########|###########      137%
wage                  19.0 to 28.4    55%        ########|#########        130%
run                  5,905 to 3,632   57%         #######|######           118%
tickets              9,000 to 11,775  66%           #####|######           116%
growth               0.005 to 0.015   70%            ####|#####            110%
incident.occurs 15%    yes to no      48%       #########|                  89%
quality               0.78 to 0.95    66%           #####|###              103%
and 6 more that move it less

Mean PV, USD: handling time saved 408,600 +-1,600; running -145,610 +-260;
              setup -66,580 +-140; incident -11,110 +-340; tokens -6,245 +-40
10,000 trials  seed 1  mc  model 9a3a7ae5  roisim 0.1.0
$ roisim run support_desk.lua --trials=2k --seed 7 --outputs npv --prob 'payback <= 12' --prob 'wage > 25 and npv < 0'
Loss     12.6% chance; when it happens, 51,200 ±3,000 USD on average
────────────────────────────────────────────────────────────────────────────────
Support-desk agent  36 months  10%/year  no tax or terminal value

                   mean         P5        P25        P50        P75        P95
npv USD         176,422    -51,818     60,450    156,815    270,343    472,398
    ±se           3,700      6,100      4,600      4,400      5,500     12,000
P(payback <= 12) 13.0% ±0.8%
P(wage > 25 and npv < 0) 2.7% ±0.4%
P(npv<0) 12.6% ±0.7%   worst 5% of npv -94,600 ±6,200 USD on average
E[npv]/E[cost] 77.1% ±1.7%
All inputs at median: npv 188,410

npv, k USD                  ▁▂▂▄▅█▇▅▇█▇▆▅▃▂▁▁▃▁
                       ▁▂▂▇▇███████████████████▆▆▆▁ ▁
              ░ ▁▁▂▂▂▄▆███████████████████████████████▇▆▆▅▄▄▃▃▂▂▂▂▂▂▂▁▁▁▁▁▁░
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

Mean PV, USD: handling time saved 405,200 ±3,600; running -145,270 ±580;
              setup -66,790 ±330; incident -10,450 ±720; tokens -6,247 ±88
2,000 trials  seed 7  mc  model 9a3a7ae5  roisim 0.1.0
# All standard outputs.
$ roisim hello.lua --outputs all --trials 1000
ROI      48.7% expected; 90% range -32.9% to 172.0%
Loss     25.0% chance; when it happens, 3,690 ±210 USD on average
Payback  month 9 (median); 21.2% never within 12 months
────────────────────────────────────────────────────────────────────────────────
Hello  12 months  8%/year  no tax or terminal value

                   mean         P5        P25        P50        P75        P95
npv USD           4,747     -5,959         22      4,538      9,087     16,663
    ±se             220        480        210        340        470        630
roi               48.7%     -32.9%       0.1%      36.4%      82.5%     172.0%
    ±se            2.1%       2.2%       1.6%       1.9%       3.2%       8.8%
payback mo.           -          5          7          9         12      never
    ±se               -          0          0          0          0          -
discounted_payback mo.
                      -          5          7          9      never      never
    ±se               -          0          0          0          -          -
irr              238.6%     -46.8%       8.3%      98.4%     273.4%     914.7%
    ±se           17.1%       3.0%       3.2%       5.6%      15.3%      91.0%
bcr               1.487      0.671      1.001      1.364      1.825      2.720
    ±se           0.021      0.022      0.016      0.019      0.032      0.088
pv_benefit USD
                 17,770     10,097     13,695     16,923     20,877     28,657
    ±se             180        190        250        240        330        490
pv_cost USD      13,023      7,965     10,323     12,487     14,994     20,270
    ±se             120        160        130        190        130        400
peak_funding USD
                 13,023      7,965     10,323     12,487     14,994     20,270
    ±se             120        160        130        190        130        400
P(npv<0) 25.0% ±1.4%   worst 5% of npv -8,980 ±590 USD on average
payback never 21.2% ±1.3%   discounted_payback never 25.0% ±1.4%
E[npv]/E[cost] 36.5% ±1.9%
All inputs at median: npv 4,620, roi 36.5%, payback 9, discounted_payback 9,
                      irr 98.8%, bcr 1.365, pv_benefit 17,269, pv_cost 12,649,
                      peak_funding 12,649

npv, k USD                          █▄▅▇▂▃▅▂▃█▁▂▅▅▃
                              ▂▁▃▂▂▇███████████████▃▇▇▅▃ ▁▁
              ░  ▁▁▁▂▁▂▂▃▅▅▄▅███████████████████████████▅████▅▄▄▄▄▃▃▂▂▁▁▁▁ ░
              <-15   -10             0              10             20     >25

Drivers of roi: input P10 to P90, others at median (|)
saved   1,007 to 2,233  -8%  ████████████████|███████████████████████  103%
setup  18,075 to 8,852  -4%   ███████████████|████████████████████      95%

Mean PV, USD: time saved 17,770 ±180; setup -13,020 ±120
1,000 trials  seed 1  mc  model daa42a2e  roisim 0.1.0
# A parameter or an input replaced.
$ roisim hello.lua --trials 500 --set 'saved=2000' --outputs roi,npv
ROI      92.6% expected; 90% range 14.5% to 201.8%
Loss     1.8% chance; when it happens, 2,300 ±780 USD on average
────────────────────────────────────────────────────────────────────────────────
Hello  12 months  8%/year  no tax or terminal value

                   mean         P5        P25        P50        P75        P95
roi               92.6%      14.5%      53.2%      83.2%     124.5%     201.8%
    ±se            2.5%       4.5%       1.7%       3.0%       4.0%       8.1%
npv USD          10,032      2,924      7,995     10,454     12,770     15,395
    ±se             170        780        170        200        180        210
P(npv<0) 1.8% ±0.6%   worst 5% of npv 200 ±710 USD on average
E[npv]/E[cost] 77.2% ±2.3%
All inputs at median: roi 82.0%, npv 10,377

npv, k USD                                   ▁▄▂ ▄▁▄▇▅▁▄▇██▂▆▄▂▂▃
                                     ▁▂▁▁    ███▇████████████████▅▃▂▃▂
              ░▁▁▁  ▁▃▂ ▁▂▃▃▅▂▁▂▄▅▃▆██████▆▅▇█████████████████████████▆▆▅▄ ▂
              <-2.5   0              5              10             15     17.5

Drivers of roi: input P10 to P90, others at median (|)
setup  18,075 to 8,852  27%  ████████████████|███████████████████████  160%

Mean PV, USD: time saved 23,026; setup -12,990 ±170
500 trials  seed 1  mc  model daa42a2e  roisim 0.1.0
# No flows: named outputs, a condition, a constant; few trials; one trial.
$ roisim plain.lua --trials 1000
total                 1.008 expected; 90% range 0.306 to 1.659
late                  10.4% ±1.0% chance
odd name, with comma  511.59 bn expected; 90% range 58.75 to 948.56 bn
────────────────────────────────────────────────────────────────────────────────
plain

                   mean         P5        P25        P50        P75        P95
total             1.008      0.306      0.730      1.023      1.294      1.659
    ±se           0.013      0.024      0.018      0.017      0.017      0.022
odd name, with comma bn
                 511.59      58.75     276.87     511.45     754.89     948.56
    ±se             9.0        7.5         14         16         14        6.7
five                  5          5          5          5          5          5
P(late) 10.4% ±1.0%
All inputs at median: total 1, late no, odd name, with comma 500.00 bn, five 5

total                               ▁▂▁  ▃▄▅▆▇█▄▁▁▁▇▅▃▄
                         ▃▁▂▆▁ ▁▁▂▄▆███▆███████████████▄▅▆▅▂▃▂▁  ▁
              ▁▁▁▂▅▃▂▅██▇█████████████████████████████████████████▅▅▄▃▄▃▄▂
              0              0.5             1             1.5             2

Drivers of total: input P10 to P90, others at median (|)
a  0.10 to 0.90  0.60  ████████████████████|███████████████████  1.40
b  0.10 to 0.90  0.60  ████████████████████|███████████████████  1.40
1,000 trials  seed 1  mc  model 5fd07764  roisim 0.1.0
$ roisim plain.lua --trials 2 --outputs '["odd name, with comma"],late'
odd name, with comma  370 ±170 bn expected; 90% range 214.80 to 516.43 bn
late                  0% chance
────────────────────────────────────────────────────────────────────────────────
plain

                   mean         P5        P25        P50        P75        P95
odd name, with comma bn
                 365.61     214.80     281.82     365.61     449.40     516.43
    ±se             170          -          -        120          -          -
P(late) 0% (at most 65.8%)
All inputs at median: odd name, with comma 500.00 bn, late no

Drivers of odd name, with comma: input P10 to P90, others at median (|)
a  0.10 to 0.90  100 bn  ████████████████████|███████████████████  900 bn
2 trials  seed 1  mc  model 5fd07764  roisim 0.1.0
$ roisim plain.lua --trials 1 --outputs total
total    0.5779 in every trial
────────────────────────────────────────────────────────────────────────────────
plain

                   mean         P5        P25        P50        P75        P95
total            0.5779     0.5779     0.5779     0.5779     0.5779     0.5779
    ±se               -          -          -          -          -          -
All inputs at median: total 1

Drivers of total: input P10 to P90, others at median (|)
a  0.10 to 0.90  0.60  ████████████████████|███████████████████  1.40
b  0.10 to 0.90  0.60  ████████████████████|███████████████████  1.40
1 trial  seed 1  mc  model 5fd07764  roisim 0.1.0
# States are counted and named.
$ roisim states.lua --trials 1000 --outputs all
ROI      -18.9% ±1.1% expected; 90% range -55.6% to 16.6%;
         in the 49.9% of trials that have one
Loss     36.6% chance; when it happens, 34.9 ±1.1 EUR on average
Payback  no funding needed in 50.1%; else year 1 (median); 23.8% never
────────────────────────────────────────────────────────────────────────────────
states  3 years  5%/year  no tax or terminal value

                   mean         P5        P25        P50        P75        P95
npv EUR            36.4      -60.8      -20.7       47.7       96.3      131.8
    ±se             2.0       0.96        2.5         14        2.4        1.2
roi              -18.9%     -55.6%     -39.9%     -17.7%       1.3%      16.6%
    ±se            1.1%       0.9%       1.5%       1.7%       1.8%       0.6%
payback yr.           -          1          1          1      never      never
    ±se               -          0          0          -          -          -
discounted_payback yr.
                      -          1          1      never      never      never
    ±se               -          0          0          -          -          -
bcr               0.811      0.444      0.601      0.823      1.013      1.166
    ±se           0.011     0.0091      0.015      0.017      0.018     0.0064
pv_benefit EUR
                   95.3       52.3       70.3       96.6      118.8      137.7
    ±se            0.87       0.81        1.4        1.4        1.3       0.85
pv_cost EUR        59.0        0.0        0.0        0.0      118.1      118.1
    ±se             1.9          0          0         59          0          0
peak_funding EUR
                   49.9          0          0          0        100        100
    ±se             1.6          0          0         50          0          0
P(npv<0) 36.6% ±1.5%   worst 5% of npv -65.57 ±0.77 EUR on average
payback never 23.8% ±1.3%   discounted_payback never 26.2% ±1.4%
E[npv]/E[cost] 61.7% ±5.3%   roi undefined in 50.1%: no cost 50.1%
payback undefined in 50.1%: self-funded 50.1%
discounted_payback undefined in 50.1%: self-funded 50.1%
irr undefined in every trial: no rate 69.8%, several rates 30.2%
bcr undefined in 50.1%: no cost 50.1%
All inputs at median: npv 95.24, roi no cost, payback self-funded,
                      discounted_payback self-funded, irr no rate, bcr no cost,
                      pv_benefit 95.24, pv_cost 0, peak_funding 0

npv, EUR         ▅▂▃▂▁▂▂▁▁   ▃▆▃▂▄▃ █▆▁▁▁       ▁ ▄▇▂▂  ▅▅▅  ▇▆▆▂ ▃▅▅ ▃▄
               ▄███████████▆█████████████       ██████▆▅█████████████▅██▆▃
              ▂███████████████████████████▂    ▃██████████████████████████▄
              -75   -50            0           50            100          150

Drivers of npv: input P10 to P90, others at median (|)
buys 50%  yes to no   -23  █████████████████████████████|             95
gain       60 to 140   57                      █████████|██████████  133

Mean PV, EUR: savings 95.30 ±0.87; machine -49.9 ±1.6; repair -9.05 ±0.29
1,000 trials  seed 1  mc  model bd6a7fe7  roisim 0.1.0
# What nothing uses is warned about.
$ roisim unused.lua --trials 100 --quiet
warning: unused.lua:4: input 'y' has no effect on any output
# Inputs that leave the output without a value at one end are listed; an output without one at the median says so.
$ roisim states.lua --trials 1000 --set 'buys=roi.bernoulli(0.6)' --outputs roi | sed -n '/^Drivers/,$p'
Drivers of roi: input P10 to P90, others at median (|)
gain      60 to 140     -52%  ████████████████████|███████████████████   13%
buys 60%  no to yes  no cost                      |                     -19%

Mean PV, EUR: savings 95.30 ±0.87; machine -60.1 ±1.5; repair -10.90 ±0.28
1,000 trials  seed 1  mc  model bd6a7fe7  roisim 0.1.0
$ roisim states.lua --trials 1000 --set 'buys=roi.bernoulli(0.6)' --outputs roi --json - | grep -A 7 '"name":.*"buys"'
				"name":	"buys",
				"p10":	0,
				"p90":	1,
				"output_at_p10":	null,
				"output_at_p90":	-0.19385796545105569,
				"state_at_p10":	"no_cost",
				"chance":	0.6
			}]
$ roisim states.lua --trials 1000 --outputs irr | sed -n '/^Drivers/p'
Drivers: not shown, for irr has no value with every input at its median (no rate)
# A mean that is known roughly has its error in the headline; present values share a unit; a cut name keeps its end.
$ roisim rough.lua --trials 300
ROI      49.5% ±39.6% expected; 90% range -96.9% to 365.4%
Loss     71.0% chance; when it happens, 20.57 ±0.58 M EUR on average
Payback  never within 4 quarters (median); 71.0% never
────────────────────────────────────────────────────────────────────────────────
rough  4 quarters  no discounting  no tax or terminal value

                   mean         P5        P25        P50        P75        P95
npv M EUR         14.86     -29.51     -25.97     -17.26       4.01     113.85
    ±se              12       0.15       0.61        1.4        4.3         23
roi               49.5%     -96.9%     -84.5%     -57.5%      13.3%     365.4%
    ±se           39.6%       0.7%       1.7%       3.9%      14.2%      83.3%
payback qtr.          -          1          4      never      never      never
    ±se               -          0          0          -          -          -
projects          2.870          0          2          3          4          6
    ±se           0.100          0       0.50          0          0          0
P(npv<0) 71.0% ±2.6%   worst 5% of npv -31.09 ±0.60 M EUR on average
payback never 71.0% ±2.6%   E[npv]/E[cost] 48.8% ±39.0%
All inputs at median: npv -18.632 M, roi -62.1%, payback never, projects 3

npv, M EUR    ████████▆
              █████████
              █████████▇▇▇▇▇▇▇▇▇▇▄▂▂▂▂▂▂▂▂▂▂▁▁▁▁▁▁▁▁▁▁▁                    ░
              -50      0                100              200              >300

Drivers of roi: input P10 to P90, others at median (|)
demand                      0.0 to 2.2  -95%  ███|███████████████████████  165%
the plant has ….occurs 15%  yes to no   -66%     |                         -62%

Mean PV, M EUR: sales 45 ±12; plant -30.000;
                the plant has to be closed -0.466 ±0.073; hosting -0.016000
300 trials  seed 1  mc  model 1eb0f13f  roisim 0.1.0
