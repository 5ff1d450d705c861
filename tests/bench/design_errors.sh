#!/bin/sh
# Measures how far the mean of R1's npv is from the truth under each sampling, and what its reported error says, as the table of
# docs/NUMERICS.md. usage: design_errors.sh BUILD/roisim
# SEEDS=50 runs of each design and number of trials; POWERS="10 11 ..." of two. The truth is a run of 2^24 Sobol' points, seed 0.
set -u
roisim=${1:?usage: design_errors.sh BUILD/roisim}
model=$(dirname "$0")/../../examples/support_desk.lua
seeds=${SEEDS:-50}
powers=${POWERS:-10 11 12 13 14 15 16 17}

# Prints the mean of npv and its error; options are passed on.
mean_of() { "$roisim" "$model" --outputs npv --quiet --json - "$@" | sed -n 's/^.*"\(mean\|mean_se\)":[^0-9]*\([^,]*\),$/\2/p' | sed -n '1,2p' | xargs; }

truth=$(mean_of --sampling sobol --trials 16777216 --seed 0)
echo "npv's mean: ${truth% *}, known to ${truth#* }"
echo "| trials | mc | lhs | sobol |"
echo "| --- | --- | --- | --- |"
for power in $powers; do
  trials=$(awk "BEGIN {print 2 ^ $power}")
  printf '| %d ' "$trials"
  for sampling in mc lhs sobol; do
    seed=1
    while [ $seed -le "$seeds" ]; do
      mean_of --sampling $sampling --trials "$trials" --seed $seed
      seed=$((seed + 1))
    done | awk -v truth="${truth% *}" '{ off += ($1 - truth) ^ 2; said += $2 ^ 2 }
      END { printf "| %.4g (%.4g) ", sqrt(off / NR), sqrt(said / NR) }'
  done
  echo '|'
done
