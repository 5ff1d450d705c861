#!/bin/sh
# Runs the tests on what is built in a folder: one line each, the output of those that fail, "N passed, N failed" at the end.
# usage: run.sh BUILD [GROUP...]     groups: resume lua cli safety faults unit examples docs bits structure install; all by default
# UNIT='a_test b_test' picks unit tests; JOBS tests run at a time (all processors); CC compiles the installed example. A test that hangs
# is ended after ten minutes.
set -u
cd "$(dirname "$0")/.."
[ $# -ge 1 ] || { sed -n '3,4s/^# //p' tests/run.sh >&2; exit 2; }
BUILD=$1
shift
# The longest come first, so that at the end none is waited for.
[ $# -gt 0 ] || set -- resume lua cli safety faults unit examples docs bits structure install
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
ROISIM=$BUILD/roisim
CC=${CC:-cc}
export BUILD ROISIM CC
logs=$BUILD/test-logs
rm -rf "$logs"
mkdir -p "$logs"

# The list of tests: NAME, a space, a command without spaces in its words.
list() {
  for group in "$@"; do
    case $group in
    unit)
      for f in tests/unit/*_test.c; do
        t=$(basename "$f" .c)
        case " ${UNIT:-$t} " in *" $t "*) echo "unit/$t $BUILD/tests/$t" ;; esac
      done
      ;;
    cli)
      for f in tests/cli/*.t; do echo "cli/$(basename "$f" .t) sh tests/cli/run.sh $ROISIM $f"; done
      ;;
    lua | safety | resume | docs)
      if [ -e "tests/$group/run.sh" ]; then echo "$group sh tests/$group/run.sh $ROISIM"; fi
      ;;
    faults) # a test a part, for these wait more than they work
      for f in tests/faults/rows_*.sh; do
        part=$(basename "$f" .sh)
        echo "faults/${part#rows_} sh tests/faults/rows.sh $ROISIM ${part#rows_}"
      done
      if [ -e "$BUILD/faults/sweep" ]; then # not where a sanitizer stands before the C library
        for w in $("$BUILD/faults/sweep" works); do echo "faults/sweep_$w sh tests/faults/sweep.sh $ROISIM $w"; done
      fi
      ;;
    examples)
      for f in examples/*.lua; do
        echo "examples/$(basename "$f") $ROISIM $f --trials 1000"
      done
      ;;
    bits | structure | install) echo "$group sh tests/$group.sh $ROISIM" ;;
    *) echo "run.sh: unknown group '$group'" >&2 && exit 2 ;;
    esac
  done
}

list "$@" >"$logs/list" || exit 2

# Runs one test; its log and its counts (as the test reports them, else 1) go to files.
cat >"$logs/one.sh" <<'ONE'
logs=$1 name=$2
shift 2
log=$logs/$(echo "$name" | tr / _).log
start=$(date +%s)
timeout -k 10 600 "$@" >"$log" 2>&1 </dev/null
status=$?
[ $status -ne 124 ] || echo "ended after 600 s" >>"$log"
counts=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p' "$log" | tail -n 1)
if [ -z "$counts" ]; then
  passed=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$log" | awk '{n += $1} END {print n + 0}')
  failed=$(sed -n 's/^\[  FAILED  \].* \([0-9]*\) test(s), listed below:.*/\1/p' "$log" | awk '{n += $1} END {print n + 0}')
  [ $((passed + failed)) -gt 0 ] || [ $status -ne 0 ] || passed=1
  counts="$passed $failed"
fi
passed=${counts% *} failed=${counts#* }
[ $status -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
echo "$passed $failed" >"$log.counts"
seconds=$(($(date +%s) - start))
if [ "$failed" -eq 0 ]; then
  echo "  ok    $name ($passed, $seconds s)"
else
  { echo "  FAIL  $name ($failed of $((passed + failed)) failed, status $status, $seconds s)"; sed 's/^/        | /' "$log" | tail -n 60; }
fi
ONE

xargs -P "${JOBS:-$(nproc 2>/dev/null || echo 2)}" -L 1 sh "$logs/one.sh" "$logs" <"$logs/list"

cat "$logs"/*.counts 2>/dev/null | awk '{p += $1; f += $2} END {printf "%d passed, %d failed\n", p, f; exit f > 0 || p == 0}'
