# The summary and the plan.
$ roisim explain plain.lua | sed '/^Plan/,$d'
plain: 11 nodes, 2 of them draws

Inputs
  a                     uniform(0, 1)  plain.lua:5
                        unit: kg
                        doc: a weight
                        source: the scales
  b                     uniform(0, 1)  plain.lua:6

Outputs
  total                 add  plain.lua:7
  late                  gt  plain.lua:8
  odd name, with comma  mul  plain.lua:9
  five                  constant  plain.lua:10

$ roisim explain plain.lua --output total | sed '/^Plan/,$d'
plain: 6 nodes, 2 of them draws

Inputs
  a                     uniform(0, 1)  plain.lua:5
                        unit: kg
                        doc: a weight
                        source: the scales
  b                     uniform(0, 1)  plain.lua:6

Outputs
  total                 add  plain.lua:7

$ roisim explain plain.lua | sed -n '/^Plan/,$p' | head -n 1
Plan
# One trial, the same as in the samples.
$ roisim explain states.lua --trial 2
Trial 2 of seed 1

Inputs
  buys                  1
  gain                  126.90235481128023

Named values
  net, periods 0 to 3
        0           -100      126.9024           -20             0
  cumulative, periods 0 to 3
        0           -100      26.90235      6.902355      6.902355

Outputs
  npv                   2.718795965391602
  roi                   0.023013224966174597
  payback               1
$ roisim explain states.lua --trial 2 --output roi
Trial 2 of seed 1

Inputs
  buys                  1
  gain                  126.90235481128023

Outputs
  roi                   0.023013224966174597
$ roisim states.lua --trials 2 --samples /dev/stdout --quiet | tail -n 1
2,2.718795965391602,0.023013224966174597,1,1,126.90235481128023
$ roisim explain plain.lua --outputs all --trial 3 --seed 9
Trial 3 of seed 9

Inputs
  a                     0.3042487675036759
  b                     0.7423838722905568

Outputs
  total                 1.0466326397942327
  late                  0
  odd name, with comma  304248767503.6759
  five                  5
# A per-trial function is asked for this trial alone; where it fails, what came before it is shown.
$ roisim explain too_large.lua --trial 6
Trial 6 of seed 1

Inputs
  too_large.lua:3       4.185436538305113

Named values
  wait                  4.185436538305113

Outputs
  wait                  4.185436538305113
$ roisim explain too_large.lua --trial 4
Trial 4 of seed 1

Inputs
  too_large.lua:3       5.809122923964367

Named values
  wait                  undefined

Outputs
  wait                  undefined
roisim: too_large.lua:4: per_trial function 'wait', trial 4: too large
[1]
# Every input and named value, whether an output depends on it or not.
$ roisim explain unused.lua --trial 2 2>/dev/null
Trial 2 of seed 1

Inputs
  x                     0.39392480225599413
  y                     0.3564507567974199

Outputs
  z                     1.3939248022559942
$ roisim --help
usage: roisim [run] MODEL.lua [OPTION]...         simulate a model and report
       roisim compare MODEL.lua [OPTION]...       set its scenarios side by side
       roisim portfolio MODEL.lua [OPTION]...     say which use cases to take
       roisim sensitivity MODEL.lua [OPTION]...   say which uncertainty matters
       roisim explain MODEL.lua [OPTION]...       print what a model computes,
                                                  or replay one trial
       roisim merge FILE... [OPTION]...           report on trials that were
                                                  computed in ranges
       roisim check MODEL.lua [OPTION]...         look for the usual mistakes
       roisim test [FILE|DIR]... [OPTION]...      run tests: *_test.lua, and
                                                  those of the folder tests
       roisim init [--library] NAME               make a model, or a library,
                                                  in a folder of its own

  --trials N              how many trials: 5000, 10k, 1e6, 2M (10000)
  --sampling mc|lhs|sobol independent trials, Latin hypercubes or Sobol' points
                          (mc)
  --seed S                the seed of all draws, any whole number from 0 (1)
  --threads N             how many threads (all processors); changes no number
  --set 'NAME=EXPR'       replace a parameter or input; EXPR is Lua; may be
                          repeated
  --scenario NAME         the model under one of the scenarios that it describes
  --prob 'CONDITION'      report how likely it is: 'payback <= 12 and npv > 0';
                          may be repeated
  --outputs A,B|all       report these outputs instead of npv, roi, payback and
                          the model's
  --json FILE|-           write everything as JSON to a file, or alone to
                          standard output
  --samples FILE.csv      write every trial's outputs and inputs
  --until 'WHAT ERROR'    run until errors are so small: 'roi.mean 0.5%',
                          'P(npv < 0) 0.2%'; may be repeated
  --checkpoint FILE       keep the run's progress there, at under a hundredth of
                          its time
  --resume                go on from the file of --checkpoint
  --checkpoint-every SEC  keep it so often, whatever that costs
  --trials-range A:B      compute trials A to B alone, for roisim merge
  --state FILE            where these go
  --stress                what correlating the inputs that move npv most would
                          do to it: two runs more
  --quiet                 no report and no progress on the terminal; warnings
                          and errors stay
  --strict                correlations that can't hold together are an error,
                          not repaired
  --trial K               explain: replay trial K, counted from 1, and print its
                          values
  --output NAME           explain only what this output depends on; sensitivity:
                          what moves it; compare: what is compared (npv)
  --baseline NAME         compare: the scenario that the others are set against
                          ('as written')
  --budget NAME           portfolio: the budget that the choice must keep to
                          (the model's only one)
  --confidence SHARE      portfolio: in which share of trials it must, 0 to 1
                          (0.8)
  --library               init: make a library instead of a model
  --lib DIR               a folder to look for modules in; may be repeated
  --max-memory SIZE       memory for results: 512M, 2G (half of the machine's)
  --time-limit SECONDS    stop after this time with what is done (no limit)
  --script-memory SIZE    memory for the model's script (512M)
  --script-time SECONDS   processor time for the model's script (10)
  --help                  print this
  --version               print the versions of roisim and of what it is built
                          from, and what confines scripts

Options of roisim sensitivity alone
  --method NAME           one of those below, instead of the quick answer
  --group 'NAME=A,B'      take these draws as one input; may be repeated
  --base N                how many base points (sobol) or trajectories (morris)
  --second                what pairs of inputs do together (sobol)
  --bootstrap N           how many resamples the intervals rest on, 100 at least

Methods of roisim sensitivity
  tornado     each input from its P10 to its P90, the others at their median
  binned      how far the target's mean moves over tenths of an input's values,
              in a run's trials
  rank        rank correlation with the target, and the same with the other
              inputs held fixed
  regression  a linear model's standardised coefficients, and how much it
              explains
  sobol       shares of the variance: alone (first), with all interactions
              (total), in pairs
  morris      elementary effects of one input at a time, from many places: few
              runs of the model
  given-data  from a run's trials, correlated or not: first order, Borgonovo's
              delta, PAWN
  threshold   the percentile of each input alone at which the expected target
              turns negative

In the environment: ROISIM_ISA=baseline|avx2|avx512 forces a kernel set,
ROISIM_PATH lists folders of modules, NO_COLOR turns attributes off.
Status: 0 done; 1 the model or the run failed, or check found what every run
warns of; 2 wrong usage; 3 a limit stopped it; 128 + N signal N (Ctrl-C: 130).
$ roisim --version | sed 's/[0-9][0-9.]*/N/g; s/kernels .*/kernels K/; s/\(by: limits\).*/\1/'
roisim N
lua N, sleef N, cJSON N; kernels K
scripts are confined by: limits
