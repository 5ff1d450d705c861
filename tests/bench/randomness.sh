#!/bin/sh
# Runs the random streams as roisim lays them out through dieharder and prints its verdicts. usage: randomness.sh BUILD
# KINDS="trials all" picks interleavings (tests/bench/stream.c); TESTS="0 2 15" picks tests, TESTS=all runs every one (hours).
set -u
stream=$1/bench/stream
for kind in ${KINDS:-trials names seeds periods all}; do
  echo "== $kind"
  for test in ${TESTS:-0 2 3 8 10 11 12 13 15 16 100 101 205 206 208 209}; do
    if [ "$test" = all ]; then option=-a; else option="-d $test"; fi
    "$stream" $kind | dieharder -g 200 $option | grep -E 'PASSED|WEAK|FAILED'
  done
done | tee "$1/randomness.txt"
awk '/^==/ {next} {n++} /WEAK/ {w++} /FAILED/ {f++} END {
  printf "%d results: %d weak (of good streams one in a hundred is), %d failed\n", n, w, f; exit f > 0 || n == 0}' "$1/randomness.txt"
