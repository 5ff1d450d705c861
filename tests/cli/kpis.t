# KPIs at their dates. After a stop the value is the baseline where that is known; else the target is not met.
$ roisim kpis.lua --trials 1000 | sed -n '/^KPIs/,/^met/p'
KPIs
name              by        baseline  target  P5  P50  P95            met
stopped.response   4               8    <= 7   7    7    7  100% (>99.6%)
stopped.response   8               8  <= 6.5   8    8    8    0% (<0.4%)
stopped.won        6               2    >= 3   2    2    2    0% (<0.4%)
stopped.early      4               2    >= 3   3    3    3  100% (>99.6%)
stopped.early      5               2    >= 3   2    2    2    0% (<0.4%)
stopped.morale    12  to be measured   >= 12  12   12   12    0% (<0.4%)
stopped.unsure     5       uncertain  >= 9.5   9    9    9    0% (<0.4%)
goes.response      4               8    <= 7   7    7    7  100% (>99.6%)
goes.response      8               8  <= 6.5   6    6    6  100% (>99.6%)
goes.won           6               2    >= 3   3    3    3  100% (>99.6%)
goes.early         4               2    >= 3   3    3    3  100% (>99.6%)
goes.early         5               2    >= 3   3    3    3  100% (>99.6%)
goes.morale       12  to be measured   >= 12  12   12   12  100% (>99.6%)
goes.unsure        5       uncertain  >= 9.5  10   10   10  100% (>99.6%)
net               12                   >= 48  48   48   48  100% (>99.6%)
plain              1                    >= 6   5    5    5    0%
met: the chance of meeting the target at its date.
# What each is for stands in JSON.
$ roisim kpis.lua --trials 1000 --json - | tr -d '\n\t' | grep -o '"use_case":"stopped","department":[^{]*"better":"lower"' | head -n 1
"use_case":"stopped","department":"sales","goal":"answer sooner","dimension":"operational","unit":"hours","source":"CRM","measured":"log","often":"weekly","owner":"Kim","better":"lower"
# Conditions see them by name as they are at the last date.
$ roisim kpis.lua --trials 1000 --prob '["stopped.won"] == 2' --prob '["goes.won"] == 3' --prob '["stopped.early"] == 2' --prob '["goes.response"] == 6' --prob '["stopped.response"] == 8' | grep '^P('
P(["stopped.won"] == 2) 100% (at least 99.6%)
P(["goes.won"] == 3) 100% (at least 99.6%)
P(["stopped.early"] == 2) 100% (at least 99.6%)
P(["goes.response"] == 6) 100% (at least 99.6%)
P(["stopped.response"] == 8) 100% (at least 99.6%)
# One kind of KPI alone is pointed out.
$ sed '/strategic\|governance\|financial/d' kpis.lua > one.lua; roisim one.lua --trials 1000 | sed -n '/^met/,$p' | head -n 3
met: the chance of meeting the target at its date. All KPIs are operational:
what is financial, operational, strategic and of governance is rarely told by
one kind.
# A model without money has its KPIs for outputs, and no warning that its use case brings nothing.
$ roisim watched.lua --trials 1000 | sed -n '1,2p;/^mail.hours$/,/se/p;/^KPIs/,$p' | grep -v '^─'
mail.hours  3.000 expected; 90% range 2.999 to 3.001
KPIs
name        by  baseline  target         P5       P50        P95     met
mail.hours   3              >= 1  1.4995515  1.500015  1.5004476    100%
    ±se                           0.0000081  0.000014  0.0000076  >99.6%
mail.hours   6              >= 3   2.999103  3.000029   3.000895   51.8%
    ±se                            0.000016  0.000028   0.000015    1.6%
met: the chance of meeting the target at its date.
1,000 trials  seed 1  mc  model 02627c27  roisim 0.1.0
