# Which use cases to take: the whole report.
$ roisim portfolio selection.lua
Take b and c: expected npv 54,090 ±380 EUR.
Chance of a loss 4.5% ±0.2%; the worst 5% of trials bring -9,450 ±620 EUR on
average.
Chance of keeping to budget 'AI' 92.6% ±0.3%, 80.0% asked for; 84,730 ±100 EUR
spent on average.
────────────────────────────────────────────────────────────────────────────────
Selection  12 months  no discounting  no tax or terminal value
Next: a and d, 410 ±540 EUR less; the choice does better in 50.8% of trials. 1
set can't be told from the choice by these trials.
Chosen by nine tenths of the trials and measured in the others: 54,094 EUR; all
ten choose the same.

Use case; npv, EUR              take       adds     ±se   P(>0) P(kept)
A a                               no     27,036     210   95.0%   20.7% over
B b                              yes     30,395     250   93.5%  100.0%
C c                              yes     33,699     280   91.7%  100.0%
D d                               no     36,647     330   89.5%    0.1% over
Adds: to the chosen others, in the same trials. P(kept): of the budget, were it
put in or left out.

Frontier: no set that keeps to the budget has both a higher expected npv and a
better worst 5%.
Set, EUR            npv     ±se   worst 5%     ±se   P(<0)      spent P(kept)
BC               54,094     380     -9,452     620    4.5%     84,732   92.6%
AC               50,735     350     -8,695     540    4.7%     76,072   98.9%
AB               47,430     330     -6,167     470    4.1%     67,453 99.990%
(nothing)             0       0          0       0    0.0%          0  100.0%
all 16 sets, 9 feasible  10,000 trials, the same for all  seed 1  model 1f417b5e
  roisim 0.1.0
# Every set against the same worked out from the samples of a run: mean npv, mean of the worst 5%, trials within the budget.
$ roisim selection.lua --trials 2000 --samples s.csv --quiet; awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next } { for (s = 0; s < 16; s++) { v = s ? -10000 : 0; x = s ? 10000 : 0; for (k = 0; k < 4; k++) if (int(s / 2^k) % 2) { p = substr("abcd", k + 1, 1); v += 12 * $c[p ".gain"] - $c[p ".setup"]; x += $c[p ".setup"] } printf "%d %.9g %.9g\n", s, v, x } }' s.csv | sort -k1,1n -k2,2g | awk '{ if (n[$1]++ < 100) w[$1] += $2 / 100; m[$1] += $2 / 2000; k[$1] += $3 <= 100000 } END { for (s = 0; s < 16; s++) printf "%d %.1f %.1f %d\n", s, m[s], w[s], k[s] }' >expected; roisim portfolio selection.lua --trials 2000 --json - | awk -F'[:,\t]+' '/"sets":.*\[/ { on = 1 } on && /"npv_mean"/ { m = $3 } on && /"cvar5"/ { w = $3 } on && /"p_within_budget"/ { in_budget = 1 } on && in_budget && /"p"/ { printf "%d %.1f %.1f %d\n", n++, m, w, $3 * 2000 + 0.5; in_budget = 0 }' >found; cmp expected found && wc -l <found
16
# The pool's two rules against hand computation: a alone 100, b alone 70; pro rata 5 hours each, so together 80; in order 8 and 2, so 110.
$ for order in 0 1; do roisim portfolio scarce.lua --set in_order=$order --trials 100 | grep -E '^(Take|Next|[AB] )'; done
Take a: expected npv 100.
Next: the same with b, 20 less; the choice does better in 100.0% of trials.
A a                              yes        100       0  100.0%
B b                               no        -20       0    0.0%
A                   100       0        100       0    0.0%
Take a and b: expected npv 110.
Next: a, 10 less; the choice does better in 100.0% of trials.
A a                              yes         40       0  100.0%
B b                              yes         10       0  100.0%
# Years of a budget: together 110 are spent in the first year of 100, and 200 in both.
$ for b in 'each year' 'in all'; do roisim portfolio yearly.lua --budget "$b" --trials 100 | grep -E '^(Take|[AB] )'; done
Take d: expected npv 20.
A c                               no         10       0  100.0%    0.0% over
B d                              yes         20       0  100.0%  100.0%
B                    20       0         20       0    0.0%         80  100.0%
Take c and d: expected npv 30.
A c                              yes         10       0  100.0%  100.0%
B d                              yes         20       0  100.0%  100.0%
# A budget that allows nothing; one that need not be kept; one to keep in every trial.
$ roisim portfolio selection.lua --set ceiling=5000 | sed -n '1,2p;/^all/p'
Take nothing: expected npv 0 EUR.
Nothing else keeps to the budget.
all 16 sets, 1 feasible  10,000 trials, the same for all  seed 1  model 1f417b5e
$ for c in 0 1; do roisim portfolio selection.lua --confidence $c | sed -n '1p'; done
Take a, b, c and d: expected npv 117,780 ±540 EUR.
Take c: expected npv 23,700 ±280 EUR.
# Twelve use cases in one pool are all tried, 4,096 sets; thirteen are searched, and that is said.
$ roisim portfolio crowd.lua --set count=12 --trials 100 | sed -n '1p;/sets/p'
Take case 3, case 4, case 8 and case 9: expected npv 32,726 ±39.
all 4,096 sets, 1,036 feasible  100 trials, the same for all  seed 1
$ roisim portfolio crowd.lua | sed -n '1,2p;/^Frontier/,/better/p;/^heuristic/p'
Take (the best that a search found) case 3, case 4, case 8 and case 9: expected
npv 32,670.2 ±5.0.
Frontier: no set tried that keeps to the budget has both a higher expected npv
and a better worst 5%.
heuristic: 1,063 sets tried, 537 feasible  10,000 trials, the same for all
$ roisim portfolio crowd.lua --trials 100 --json - | grep -E '"(method|sets|largest_group)":	["0-9]'
		"method":	"heuristic",
		"sets":	1096,
		"largest_group":	13,
# The same for any number of threads, kernels and memory.
$ for t in 1 2 3; do roisim portfolio crowd.lua --set count=9 --trials 3000 --threads $t --json - | sed '/"timing"/,$d' >t$t; done; ROISIM_ISA=baseline roisim portfolio crowd.lua --set count=9 --trials 3000 --max-memory 9M --threads 2 --json - | sed '/"timing"/,$d' >t4; for t in 2 3 4; do cmp t1 t$t; done
# All taken is the model as it runs, and a scenario or setting in force is in force here.
$ roisim selection.lua --outputs npv --json - | awk '/"mean":/ { print int($2); exit }'; roisim portfolio selection.lua --json - | awk '/"npv_mean":/ { m = $2 } END { print int(m) }'
117777
117777
$ roisim portfolio selection.lua --set a.gain=50e3 | sed -n '1p'
Take a and d: expected npv 602,250 ±330 EUR.
# Use cases that rest on another's gate and payback, and on a per-trial function: each of the eight sets is evaluated, and what the
# roll-out adds to the pilot is its npv in a run.
$ roisim portfolio stepwise.lua | grep -E '^([ABC] |all)'
A pilot                          yes      1,436      16   49.2%
B roll-out                       yes        837     8.5   49.2%
C late                           yes        217     3.5   46.9%
all 8 sets, 8 feasible  10,000 trials, the same for all  seed 1  model e9a1a5ab
$ roisim stepwise.lua --outputs 'roll-out.npv' --json - | awk '/"mean":/ { printf "%.6f\n", $2; exit }'; roisim portfolio stepwise.lua --json - | awk '/"name":.*"roll-out"/ { on = 1 } on && /"mean":/ { printf "%.6f\n", $2; exit }'
837.250000
837.250000
# What a model lacks, and what the command does not take.
$ roisim portfolio plain.lua
roisim: plain.lua:3: there is nothing to choose from: the model has no use cases; one is made by model:use_case("triage"), with benefits and costs of its own
[1]
$ roisim portfolio scarce.lua --budget AI
roisim: --budget 'AI': the model has no budget; one is made by model:budget("AI", { ceiling = 50000 })
[2]
$ roisim portfolio yearly.lua
roisim: the model has 2 budgets, and a choice keeps to one: say --budget 'each year' or another
[2]
$ roisim portfolio yearly.lua --budget 'eech year'
roisim: --budget 'eech year': no budget is called that; did you mean 'each year'?
[2]
$ roisim portfolio selection.lua --confidence 80%
roisim: --confidence '80%': a share from 0 to 1 is needed, such as 0.8 for 80%
[2]
$ roisim portfolio selection.lua --sampling sobol
roisim: --sampling does not belong to roisim portfolio
[2]
$ roisim selection.lua --confidence 0.5
roisim: --confidence belongs to roisim portfolio
[2]
$ roisim portfolio selection.lua --trials 1e6 --max-memory 20M --threads 1
roisim: choosing among 4 use cases needs 74 MB for 1,000,000 trials, and 20 MB may be used: take at most 229918 --trials, or raise --max-memory
[3]
$ roisim portfolio selection.lua --trials 1e6 --max-memory 1M --threads 1
roisim: choosing among 4 use cases needs 74 MB for 1,000,000 trials, and 1 MB may be used: raise --max-memory
[3]
# Quiet, files, interruption.
$ roisim portfolio selection.lua --quiet --json p.json; head -2 p.json
{
	"schema":	"roisim.portfolio/1",
$ timeout --preserve-status -s INT 1.5 roisim portfolio crowd.lua --set count=12 --trials 200k --json q.json; echo $?; ls q.json* 2>&1
roisim: interrupted before there was any result
130
ls: cannot access 'q.json*': No such file or directory
[2]
$ roisim portfolio crowd.lua --set count=12 --trials 20k --time-limit 0.3
roisim: the time limit passed before there was any result; raise it with --time-limit
[3]
# Sets that bring the same are said to.
$ roisim portfolio tied.lua --trials 1000 | sed -n '/^Next/,/^Chosen/p' | sed '$d'
Next: a and c, which brings the same in every trial. 2 sets can't be told from
the choice by these trials.
