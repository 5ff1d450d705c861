# What was asked for and what the trials have, by each way of sampling.
$ roisim correlated.lua --trials 4096 | grep -A3 Correlation
Correlation achieved (asked): price, volume -0.606 (-0.6);
  cost, strike 0.373 (0.5); volume, cost -0.313 (-0.3)
4,096 trials  seed 1  mc  model 3600ad8c  roisim 0.1.0
$ roisim correlated.lua --trials 4096 --sampling lhs | grep -A3 Correlation
Correlation achieved (asked): price, volume -0.590 (-0.6);
  cost, strike 0.354 (0.5); volume, cost -0.293 (-0.3)
4,096 trials  seed 1  lhs, 16 replicates  model 3600ad8c  roisim 0.1.0
$ roisim correlated.lua --trials 4096 --sampling sobol | grep -A3 Correlation
Correlation achieved (asked): price, volume -0.599 (-0.6);
  cost, strike 0.364 (0.5); volume, cost -0.302 (-0.3)
4,096 trials  seed 1  sobol, 16 replicates  model 3600ad8c  roisim 0.1.0
$ roisim correlated.lua --trials 150k | grep -A3 Correlation
Correlation achieved (asked): price, volume -0.600 (-0.6);
  cost, strike 0.361 (0.5); volume, cost -0.305 (-0.3); of 100,000 trials
150,000 trials  seed 1  mc  model 3600ad8c  roisim 0.1.0
# In the JSON.
$ roisim correlated.lua --trials 4096 --json - | tr -d ' \n\t' | grep -o '"correlations":.*"drivers"' | grep -o '{[^{}]*}'
{"inputs":["price","volume"],"kind":"spearman","asked":-0.6,"used":-0.6,"achieved":-0.6063503078128394,"n":4096}
{"inputs":["volume","cost"],"kind":"spearman","asked":-0.3,"used":-0.3,"achieved":-0.3133466410722444,"n":4096}
{"inputs":["cost","strike"],"kind":"spearman","asked":0.5,"used":0.5,"achieved":0.3727093613041631,"n":4096}
$ roisim hello.lua --json - | grep -c correlations
0
[1]
# The same trial, whatever else is looked at.
$ roisim correlated.lua --trials 100 --quiet --samples a.csv; sed -n 8p a.csv
7,9512.197075121636,17.456698735730146,1082.5261892353933,8.669662292907214,0
$ roisim explain correlated.lua --trial 7 | sed -n '/Inputs/,$p'
Inputs
  price                 17.456698735730146
  volume                1082.5261892353933
  cost                  8.669662292907214
  strike                0

Outputs
  margin                9512.197075121636
# What explain says of them.
$ roisim explain correlated.lua | sed -n '/Correlations/,/Outputs/p'
Correlations
  price, volume         -0.6 of ranks  correlated.lua:8
  volume, cost          -0.3 of ranks  correlated.lua:8
  cost, strike          0.5 of ranks  correlated.lua:8

Outputs
# What can't hold together is repaired, or refused.
$ roisim torn.lua --trials 4096 | grep -A3 Correlation
warning: torn.lua:7: these correlations can't hold together (their matrix is not positive semi-definite); the nearest that can take their place: 'a' and 'c' -0.9000 became -0.5000, 'b' and 'c' 0.9000 became 0.5000, 'a' and 'b' 0.9000 became 0.5000; distance 0.9798
Correlation achieved (asked): a, b 0.503 (0.9 of scores, repaired 0.500);
  a, c -0.497 (-0.9 of scores, repaired -0.500);
  b, c 0.500 (0.9 of scores, repaired 0.500)
4,096 trials  seed 1  mc  model 7ac2336f  roisim 0.1.0
$ roisim explain torn.lua | sed -n '/Correlations/,/Outputs/p'
warning: torn.lua:7: these correlations can't hold together (their matrix is not positive semi-definite); the nearest that can take their place: 'a' and 'c' -0.9000 became -0.5000, 'b' and 'c' 0.9000 became 0.5000, 'a' and 'b' 0.9000 became 0.5000; distance 0.9798
Correlations
  a, b                  0.9 of normal scores, repaired to 0.5000  torn.lua:7
  a, c                  -0.9 of normal scores, repaired to -0.5000  torn.lua:7
  b, c                  0.9 of normal scores, repaired to 0.5000  torn.lua:7

Outputs
$ roisim torn.lua --strict --json out.json; ls out.json
roisim: torn.lua:7: these correlations can't hold together (their matrix is not positive semi-definite); the nearest that can take their place: 'a' and 'c' -0.9000 became -0.5000, 'b' and 'c' 0.9000 became 0.5000, 'a' and 'b' 0.9000 became 0.5000; distance 0.9798; --strict refuses that
ls: cannot access 'out.json': No such file or directory
[2]
$ roisim explain torn.lua --strict
roisim: torn.lua:7: these correlations can't hold together (their matrix is not positive semi-definite); the nearest that can take their place: 'a' and 'c' -0.9000 became -0.5000, 'b' and 'c' 0.9000 became 0.5000, 'a' and 'b' 0.9000 became 0.5000; distance 0.9798; --strict refuses that
[1]
$ roisim torn.lua --strict --set a=1 --quiet
warning: torn.lua:7: --set makes 'a' a plain value, so it is not correlated with anything
# An input that --set takes away.
$ roisim correlated.lua --trials 4096 --set volume=900 | grep -A3 Correlation
warning: correlated.lua:8: --set makes 'volume' a plain value, so it is not correlated with anything
Correlation achieved (asked): cost, strike 0.370 (0.5)
4,096 trials  seed 1  mc  model 3600ad8c  roisim 0.1.0
