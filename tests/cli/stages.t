# Stages: stopped by the first gate, 4 x 3 - 5; had it been passed, 6 x 3 - 50 - 100. Without the second, which is not reached, nothing changes.
$ roisim stages.lua --trials 1000 | sed -n '/^Gates/,/^before/p'
Gates
                          npv    at             not
name          passed  with it  once  gain  starting
u.first   0% (<0.4%)        7  -132   139         0
u.second  0% (<0.4%)        7     7     0         0
at once: rolled out from the first period, without this gate and the pilot
before it. gain: the mean difference, trial by trial.
# A gate at which the trials don't part decides nothing, which is said below the table.
$ roisim idle.lua --trials 1000 | sed -n '/^Best/,/nothing/p' | tr '\n' ' ' | grep -o '; [a-z]* trial[^.]*'
; every trial passes -99, so it decides nothing
; no trial passes 99, so it decides nothing
