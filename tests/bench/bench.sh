#!/bin/sh
# Measures roisim on the reference model against the same model by hand (r1_loop.c) and as a plain Lua loop (r1_loop.lua), in
# turn, so that a busy moment hits all of them alike; prints medians as a Markdown table. usage: bench.sh BUILD
# ROUNDS=5 TRIALS=4000000 change the work; BENCH_FULL=1 adds a billion trials in 512 MB (minutes).
set -eu
cd "$(dirname "$0")/../.."
build=$1
roisim=$build/roisim
loop=$build/bench/r1_loop
alone=$build/bench/engine
measure=$build/bench/measure
model=examples/support_desk.lua
rounds=${ROUNDS:-5} trials=${TRIALS:-4000000} lua_trials=200000
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
. tests/bench/figures.sh
calculate() { awk "BEGIN {printf \"$1\", $2}"; }
say() { echo "$*" >&2; }

# The engine alone on npv, roi and payback with their statistics; its seconds go to NAME.engine.
engine() { # engine NAME THREADS
  "$alone" $model "$trials" "$2" | sed -n 's/.* seconds \([0-9.]*\) .*/\1/p' >>"$tmp/$1.engine"
}
# Runs roisim; its timing goes to files of one number a line: NAME.PART in seconds, and NAME.whole from exec to exit.
timed() { # timed NAME OPTION...
  name=$1
  shift
  "$measure" "$tmp/took" "$roisim" $model --quiet --json "$tmp/out.json" "$@"
  cut -d' ' -f1 "$tmp/took" >>"$tmp/$name.whole"
  sed -n '/"timing"/,$ s/^[[:space:]]*"\([a-z]*\)":[[:space:]]*\([-+.0-9e]*\),*$/\1 \2/p' "$tmp/out.json" |
    while read -r part value; do echo "$value" >>"$tmp/$name.$part"; done
}
rate_of() { sed -n 's/.* rate \([0-9]*\) .*/\1/p'; }

round=1
while [ "$round" -le "$rounds" ]; do
  say "round $round of $rounds"
  "$loop" "$trials" | rate_of >>"$tmp/loop"
  engine one 1
  engine two 2
  timed whole --trials "$trials" --threads 1
  paste "$tmp/loop" "$tmp/one.engine" "$tmp/two.engine" | tail -n 1 >"$tmp/last"
  awk -v n="$trials" '{print n / $2 / $1}' "$tmp/last" >>"$tmp/ratio"
  awk '{print $2 / $3}' "$tmp/last" >>"$tmp/pair"
  lua5.4 tests/bench/r1_loop.lua $lua_trials | rate_of >>"$tmp/lua"
  round=$((round + 1))
done
say "10,000 trials"
n=0
while [ $n -lt 21 ]; do timed short --trials 10000; n=$((n + 1)); done

rate=$(calculate %.0f "$trials / $(median "$tmp/one.engine")")
whole=$(calculate %.0f "$trials / $(median "$tmp/whole.whole")")
pair=$(calculate %.0f "$trials / $(median "$tmp/two.engine")")
by_hand=$(median "$tmp/loop")
in_lua=$(median "$tmp/lua")
million() { calculate '%.2f M/s' "$1 / 1e6"; }
milli() { calculate '%.1f ms' "$(median "$tmp/short.$1") * 1e3"; }
rest() {
  parts=0
  for part in child script graph tables plan run statistics; do parts="$parts + $(median "$tmp/short.$part")"; done
  calculate '%.1f ms' "($(median "$tmp/short.whole") - ($parts)) * 1e3"
}
isa=$(sed -n 's/.*"isa":[[:space:]]*"\([a-z0-9]*\)".*/\1/p' "$tmp/out.json")

cat <<TABLE
Processor: $(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1), $(nproc) processors; compiler: $(${CC:-cc} --version | head -n 1); kernels: $isa.
Reference model (examples/support_desk.lua), $trials trials, median of $rounds runs taken in turn.

| what | figure | against the loop by hand |
| --- | --- | --- |
| loop by hand, one fused SIMD loop, one thread | $(million "$by_hand") | 1 |
| roisim, one thread: npv, roi, payback with their statistics | $(million "$rate") | $(calculate %.2f "$(median "$tmp/ratio")") |
| roisim, one thread: the command, exec to exit, inputs and components too | $(million "$whole") | $(calculate %.2f "$whole / $by_hand") |
| roisim, two threads | $(million "$pair") | |
| two threads against one | $(calculate %.2f "$(median "$tmp/pair")") times | |
| plain Lua 5.4 loop, math.random | $(million "$in_lua") | $(calculate %.3f "$in_lua / $by_hand") |
| 10,000 trials, exec to exit | $(milli whole) | |

| 10,000 trials | child | script | graph | tables | plan | run | statistics | report, start and end of the process |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| median of 21 | $(milli child) | $(milli script) | $(milli graph) | $(milli tables) | $(milli plan) | $(milli run) | $(milli statistics) | $(rest) |

| trials | peak memory | exec to exit | options |
| --- | --- | --- | --- |
TABLE
memory() { # memory TRIALS OPTION...
  count=$1
  shift
  "$measure" "$tmp/took" "$roisim" $model --quiet --json /dev/null --trials "$count" "$@"
  read -r took peak <"$tmp/took"
  echo "| $count | $(calculate '%.0f MB' "$peak / 1024") | $(calculate '%.2f s' "$took") | $* |"
}
memory 1e6
memory 1e7
memory 1e7 --max-memory 64M
if [ "${BENCH_FULL:-0}" = 1 ]; then
  say "a billion trials"
  memory 1e9 --max-memory 512M
fi
