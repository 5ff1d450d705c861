#!/bin/sh
# Measures sensitivity and sampling designs on the reference model: Sobol' indices against the same in NumPy (sobol_numpy.py), taken
# in turn and compared with each other; the analysis of trials already run; what designs cost. Prints Markdown tables.
# usage: sensitivity.sh BUILD      ROUNDS=5 BASE=16384 TRIALS=1000000 change the work
set -eu
cd "$(dirname "$0")/../.."
build=$1
roisim=$build/roisim
measure=$build/bench/measure
model=examples/support_desk.lua
rounds=${ROUNDS:-5} base=${BASE:-16384} trials=${TRIALS:-1000000} resamples=500
python=python3
python3 -c 'import scipy.stats' 2>/dev/null || python=/usr/bin/python3
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
. tests/bench/figures.sh
calculate() { awk "BEGIN {printf \"$1\", $2}"; }
say() { echo "$*" >&2; }
milli() { calculate '%.0f ms' "$(median "$tmp/$1") * 1e3"; }
part() { sed -n "s/.*\"$1\": \([-+.0-9e]*\).*/\1/p" "$tmp/numpy.json" | head -n 1; }

indices() { # indices NAME OPTION...
  name=$1
  shift
  "$measure" "$tmp/took" "$roisim" sensitivity $model --method sobol --base "$base" --output npv --quiet --json "$tmp/$name.json" "$@"
  cut -d' ' -f1 "$tmp/took" >>"$tmp/$name"
}
design() { # design SAMPLING
  "$roisim" $model --sampling "$1" --trials $((4 * trials)) --threads 1 --quiet --json "$tmp/run.json"
  sed -n '/"timing"/,$ s/^[[:space:]]*"\([a-z]*\)":[[:space:]]*\([-+.0-9e]*\),*$/\1 \2/p' "$tmp/run.json" |
    awk '/^(tables|plan|run|statistics) / {s += $2} END {print s}' >>"$tmp/$1"
}

round=1
while [ "$round" -le "$rounds" ]; do
  say "sensitivity, round $round of $rounds"
  "$python" tests/bench/sobol_numpy.py run "$base" $resamples >"$tmp/numpy.json"
  for p in points quantiles model indices all; do part $p >>"$tmp/numpy.$p"; done
  indices all
  indices one --threads 1
  paste "$tmp/all" "$tmp/numpy.all" | tail -n 1 | awk '{print $1 / $2}' >>"$tmp/ratio"
  paste "$tmp/one" "$tmp/numpy.all" | tail -n 1 | awk '{print $1 / $2}' >>"$tmp/ratio_one"
  for sampling in mc lhs sobol; do design $sampling; done
  round=$((round + 1))
done
isa=$(sed -n 's/.*"isa":[[:space:]]*"\([a-z0-9]*\)".*/\1/p' "$tmp/run.json")
agreement=$("$python" tests/bench/sobol_numpy.py compare "$tmp/numpy.json" "$tmp/all.json") || { say "the indices differ:" "$agreement"; exit 1; }
say "analysis of $trials trials"
"$build/bench/sensitivity_bench" $model "$trials" 0 3 >"$tmp/analysis"

cat <<TABLE

Processor: $(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1), $(nproc) processors; compiler: $(${CC:-cc} --version | head -n 1); kernels: $isa.

Sobol' indices of the reference model's npv, 15 draws, $base base points, $((base * 17)) evaluations, $resamples resamples; medians of
$rounds runs taken in turn; the two agree within their intervals.

| what | time | against NumPy |
| --- | --- | --- |
| NumPy $("$python" -c 'import numpy; print(numpy.__version__)') with SciPy $("$python" -c 'import scipy; print(scipy.__version__)'), after its imports | $(milli numpy.all) | 1 |
| of that: Sobol' points; quantiles; model; indices and bootstrap | $(milli numpy.points); $(milli numpy.quantiles); $(milli numpy.model); $(milli numpy.indices) | |
| roisim, exec to exit, all processors | $(milli all) | $(calculate %.2f "$(median "$tmp/ratio")") |
| roisim, exec to exit, one thread | $(milli one) | $(calculate %.2f "$(median "$tmp/ratio_one")") |

| after $trials trials of 15 inputs, all processors | time |
| --- | --- |
$(awk '{printf "| %s | %.2f s |\n", $1 == "trials" ? "(the trials themselves)" : $1, $2}' "$tmp/analysis")

| sampling, one thread, $((4 * trials)) trials | trials a second | against mc |
| --- | --- | --- |
$(for s in mc lhs sobol; do echo "| $s | $(calculate '%.2f M' "4e-6 * $trials / $(median "$tmp/$s")") | $(calculate %.2f "$(median "$tmp/mc") / $(median "$tmp/$s")") |"; done)
TABLE
