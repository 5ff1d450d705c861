#!/bin/sh
# Measures what keeping progress costs (--checkpoint), and ranges against a run in one piece. Prints a Markdown table.
# usage: long_runs.sh BUILD      ROUNDS=3 TRIALS=200000000 change the work
set -eu
cd "$(dirname "$0")/../.."
roisim=$1/roisim measure=$1/bench/measure
rounds=${ROUNDS:-3} trials=${TRIALS:-200000000}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
. tests/bench/figures.sh
took() { # took NAME COMMAND...
  name=$1
  shift
  "$measure" "$tmp/took" "$@"
  cut -d' ' -f1 "$tmp/took" >>"$tmp/$name"
}
desk() { # desk NAME OPTION...
  name=$1
  shift
  took "$name" "$roisim" examples/support_desk.lua --quiet --json "$tmp/$name.json" "$@"
}

few=$((trials / 10)) round=1
while [ "$round" -le "$rounds" ]; do
  echo "long runs, round $round of $rounds" >&2
  desk plain --trials "$trials" --max-memory 256M
  desk kept --trials "$trials" --max-memory 256M --checkpoint "$tmp/progress"
  timing checkpoints "$tmp/kept.json" >>"$tmp/times"
  timing checkpoints_took "$tmp/kept.json" >>"$tmp/seconds"
  took ranges "$roisim" examples/support_desk.lua --quiet --trials "$few" --trials-range "1:$((few / 2))" --state "$tmp/a"
  "$roisim" examples/support_desk.lua --quiet --trials "$few" --trials-range "$((few / 2 + 1)):$few" --state "$tmp/b"
  took merge "$roisim" merge "$tmp/a" "$tmp/b" --quiet --json "$tmp/merge.json"
  desk whole --trials "$few"
  round=$((round + 1))
done

plain=$(median "$tmp/plain") seconds=$(median "$tmp/seconds")
cat <<TABLE

Long runs, the reference model, medians of $rounds runs.

| what | figure |
| --- | --- |
| $trials trials that don't fit 256 MB | $(awk "BEGIN {printf \"%.1f s\", $plain}") |
| ... with --checkpoint | $(awk "BEGIN {printf \"%.1f s\", $(median "$tmp/kept")}") |
| ... progress kept | $(median "$tmp/times") times |
| ... which took | $(awk "BEGIN {printf \"%.3f s, %.2f%% of the run\", $seconds, 100 * $seconds / $plain}") |
| half of $few trials as a range, $(awk "BEGIN {printf \"%.0f\", $(wc -c <"$tmp/a") / 1e6}") MB | $(awk "BEGIN {printf \"%.2f s\", $(median "$tmp/ranges")}") |
| both halves merged | $(awk "BEGIN {printf \"%.2f s\", $(median "$tmp/merge")}") |
| $few trials in one run | $(awk "BEGIN {printf \"%.2f s\", $(median "$tmp/whole")}") |
TABLE
