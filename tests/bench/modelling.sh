#!/bin/sh
# Measures the modelling library: the portfolio of a small firm at a million trials, the time to build a large graph, and what a period
# costs as the horizon grows. Prints Markdown tables. usage: modelling.sh BUILD      ROUNDS=5 TRIALS=1000000 change the work
set -eu
cd "$(dirname "$0")/../.."
roisim=$1/roisim measure=$1/bench/measure
rounds=${ROUNDS:-5} trials=${TRIALS:-1000000}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
. tests/bench/figures.sh
milli() { awk "BEGIN {printf \"%.0f ms\", $1 * 1e3}"; }
micro() { awk "BEGIN {printf \"%.3f\", $1 * 1e6 / $trials}"; }

# A chain of operations: two new nodes and a constant each.
cat >"$tmp/nodes.lua" <<'LUA'
local roi = require "roisim"
local model = roi.model { name = "Many nodes", horizon = 12 }
local a, x = roi.uniform(0, 1), 0
for i = 1, 33333 do x = (x + a) * (1 / i) end
model.outputs.x = x
return model
LUA
for horizon in 12 36 60 260; do sed "s/horizon = 36/horizon = $horizon/" examples/support_desk.lua >"$tmp/$horizon.lua"; done

round=1
while [ "$round" -le "$rounds" ]; do
  echo "modelling, round $round of $rounds" >&2
  "$roisim" "$tmp/nodes.lua" --trials 10 --quiet --json "$tmp/run.json"
  for part in script graph plan; do timing $part "$tmp/run.json" >>"$tmp/nodes.$part"; done
  for horizon in 12 36 60 260; do
    "$roisim" "$tmp/$horizon.lua" --trials "$trials" --threads 1 --quiet --json "$tmp/run.json" 2>/dev/null
    timing run "$tmp/run.json" >>"$tmp/run.$horizon"
  done
  for command in run portfolio; do
    "$measure" "$tmp/took" "$roisim" $command examples/small_firm.lua --trials "$trials" --quiet --json /dev/null
    cut -d' ' -f1 "$tmp/took" >>"$tmp/$command"
  done
  round=$((round + 1))
done

cat <<TABLE

Modelling library, medians of $rounds runs.

| what | time |
| --- | --- |
| examples/small_firm.lua, eight use cases, $trials trials, exec to exit | $(milli "$(median "$tmp/run")") |
| its portfolio: 256 sets of use cases on the same trials | $(milli "$(median "$tmp/portfolio")") |
| a graph of 100,000 nodes: the script | $(milli "$(median "$tmp/nodes.script")") |
| ... handed over and checked | $(milli "$(median "$tmp/nodes.graph")") |
| ... planned | $(milli "$(median "$tmp/nodes.plan")") |

| horizon of the reference model | microseconds a trial, one thread | a period |
| --- | --- | --- |
TABLE
for horizon in 12 36 60 260; do
  t=$(median "$tmp/run.$horizon")
  echo "| $horizon months | $(micro "$t") | $(micro "$t / $horizon") |"
done
