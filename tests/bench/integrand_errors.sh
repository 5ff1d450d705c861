#!/bin/sh
# Measures how far means are from the truth under each sampling, for integrands of five inputs whose means are known to be 0
# (integrands.lua), as the table of docs/NUMERICS.md. usage: integrand_errors.sh BUILD/roisim
# SEEDS=50 runs of each; POWERS="10 14 18" of two as numbers of trials.
set -eu
roisim=${1:?usage: integrand_errors.sh BUILD/roisim}
model=$(dirname "$0")/integrands.lua

# Root mean squares of the means, and of their reported errors, of all outputs in their order.
errors_of() { # errors_of SAMPLING TRIALS
  seed=1
  while [ "$seed" -le "${SEEDS:-50}" ]; do
    "$roisim" "$model" --sampling "$1" --trials "$2" --seed "$seed" --quiet --json -
    seed=$((seed + 1))
  done | awk '
    /"outputs"/ { output = 0; inside = 1 }
    /"inputs"/ { inside = 0 }
    inside && /"mean":/ { gsub(/[^-+.0-9e]/, "", $2); off[output] += $2 ^ 2 }
    inside && /"mean_se":/ { gsub(/[^-+.0-9e]/, "", $2); said[output++] += $2 ^ 2; if (output > n) n = output }
    END { for (i = 0; i < n; i++) printf " %.2g (%.2g)", sqrt(off[i] / ENVIRON["RUNS"]), sqrt(said[i] / ENVIRON["RUNS"]) }'
}

export RUNS="${SEEDS:-50}"
echo "| trials | sampling | additive | smooth | kink | step |"
echo "| --- | --- | --- | --- | --- | --- |"
for power in ${POWERS:-10 14 18}; do
  for sampling in mc lhs sobol; do
    echo "| 2^$power | $sampling |$(errors_of $sampling $((1 << power)) | sed 's/)  */) | /g') |"
  done
done
