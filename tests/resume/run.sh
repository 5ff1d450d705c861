#!/bin/sh
# Runs that are killed, stopped and taken up again (--checkpoint, --resume): the result is that of a run in one piece, byte for byte.
# usage: run.sh ROISIM      KILLS=100: how many runs are killed
set -u
roisim=${1:?usage: run.sh ROISIM}
case $roisim in /*) ;; *) roisim=$PWD/$roisim ;; esac
cd "$(dirname "$0")/../.." || exit 2
models=$PWD/examples here=$PWD/tests/resume
out=$(mktemp -d) || exit 2
trap 'rm -rf "$out"' EXIT
cd "$out" || exit 2
passed=0 failed=0 kills=0

check() { # check 'WHAT' COMMAND...
  what=$1
  shift
  if "$@"; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    echo "FAIL $what"
    sed 's/^/    | /' err 2>/dev/null | tail -n 5
  fi
}

# All of the result but what no two runs share.
result() { sed '/"timing":/,/}/d' "$1"; }
same_result() { # same_result JSON TERMINAL
  result "$1" >a && result whole.json >b && cmp -s a b && cmp -s "$2" whole.txt
}
says() { grep -q -e "$1" err && [ "$(wc -l <err)" -le "${2:-1}" ]; } # says PATTERN [LINES]
whole() { "$roisim" "$@" --json whole.json >whole.txt 2>err; }

# A number between 0 and 1.
random() { od -An -N4 -tu4 /dev/urandom | awk '{print $1 / 4294967296}'; }

# Kills runs at random moments, each going on where the last one was kept, until so many were killed; whoever ends is compared.
kill_often() { # kill_often COUNT MODEL OPTION...
  count=$1 left=$1 ends=0 tries=0
  shift
  begin=$(date +%s%N)
  whole "$@" || { check "$*: a run in one piece" false; return; }
  seconds=$(awk "BEGIN {print ($(date +%s%N) - $begin) / 1e9}")
  while { [ "$left" -gt 0 ] || [ "$ends" -eq 0 ]; } && [ "$tries" -lt $((10 * count)) ]; do
    tries=$((tries + 1))
    moment=$(awk "BEGIN {print 0.01 + 0.8 * $(random) * $seconds}")
    [ "$left" -gt 0 ] || moment=300
    timeout -s KILL "$moment" "$roisim" "$@" --checkpoint kept --resume --checkpoint-every 0.02 --json part.json >part.txt 2>err
    case $? in
    137) left=$((left - 1)) kills=$((kills + 1)) ;;
    0) same_result part.json part.txt || { check "$*: the same result after $((count - left)) kills" false; return; }
      ends=$((ends + 1))
      [ ! -e kept ] || { check "$*: progress of a run that is done is removed" false; return; } ;;
    *) check "$*: status 0 after $((count - left)) kills" false; return ;;
    esac
  done
  check "$*: killed $count times, the same result" [ "$left" -le 0 ] && rm -f kept
  # A file gets its temporary name just before its own. A kill between the two leaves it, so a few may be there; were they made by name, as
  # where the system has no files without one, each kill while one is written would leave one.
  left_over=$(find . -name '.*.tmp' | wc -l)
  check "$*: $left_over temporary files are left" [ "$left_over" -le $((count / 3)) ]
  rm -f .*.tmp
}

share=$((${KILLS:-100} / 5))
kill_often $share "$models/support_desk.lua" --trials 600k
kill_often $share "$models/support_desk.lua" --trials 1500k --max-memory 8M --prob 'payback <= 12'
kill_often $share "$models/support_desk.lua" --trials 200k --sampling sobol --max-memory 12M
kill_often $share "$models/small_firm.lua" --trials 300k --sampling lhs
kill_often $share "$here/waiting.lua" --trials 30k

# As it comes, progress is kept when it costs little enough: after some seconds. Killed then; a machine so fast that the run was done before
# has shown that this is no progress.
set -- "$here/waiting.lua" --trials 600k --threads 1
whole "$@"
"$roisim" "$@" --checkpoint kept --json part.json >part.txt 2>err &
while kill -0 $! 2>/dev/null && [ ! -s kept ]; do sleep 0.05; done
kill -KILL $! 2>/dev/null
wait $! 2>/dev/null
[ -s kept ] && "$roisim" "$@" --checkpoint kept --resume --json part.json >part.txt 2>err
check "killed when progress was first kept: the same result" same_result part.json part.txt
check "and progress is removed" [ ! -e kept ]

# -- Stopped --------------------------------------------------------------------------------------------------------------

# A stop keeps what is done, however long ago the last progress was kept.
desk() { "$roisim" "$models/support_desk.lua" --trials 20M --outputs npv "$@" >part.txt 2>err; }
whole "$models/support_desk.lua" --trials 20M --outputs npv
desk --checkpoint kept --time-limit 0.1
check "the time limit: status 3" [ $? -eq 3 ]
check "the time limit: partial results are marked" grep -q 'time limit' part.txt
check "the time limit: progress is kept, and that is said" says 'what is done is kept in kept: go on with --resume'
check "progress is there" [ -s kept ]
cp kept first
desk --checkpoint kept
check "without --resume progress is not overwritten" [ $? -eq 2 ]
check "without --resume: the line says what to do" says 'kept holds the progress of an earlier run: go on with --resume, or remove it'
check "it is as it was" cmp -s kept first
timeout -s INT 0.1 "$roisim" "$models/support_desk.lua" --trials 20M --outputs npv --checkpoint kept --resume >part.txt 2>err
check "interrupted again, or done before that" [ $? -ne 1 ]
desk --checkpoint kept --resume --json part.json
check "taken up: status 0" [ $? -eq 0 ]
check "taken up: the same result" same_result part.json part.txt
check "taken up and done: progress is removed" [ ! -e kept ]
desk --checkpoint kept --resume --trials 1000
check "where there is no progress the run begins" [ $? -eq 0 ]
check "and says so" says 'kept is not there yet: the run begins with its first trial'

# A per-trial function is stopped in the middle of a unit; the units before it are kept all the same.
set -- "$here/waiting.lua" --trials 10M --threads 2 --checkpoint kept --time-limit 1
"$roisim" "$@" --json part.json >part.txt 2>err
check "per-trial functions, stopped: status 3" [ $? -eq 3 ]
done=$(sed -n 's/^[[:space:]]*"trials":[[:space:]]*\([0-9]*\).*/\1/p' part.json | head -n 1)
check "all that is reported as done is kept" [ "$(od -An -j 32 -N 8 -t u8 kept | tr -d ' ')" = "$done" ]
rm -f kept

# The end of a run is kept too, so that results that can't be written are not lost with it.
whole "$models/support_desk.lua" --trials 100k --outputs npv
desk --trials 100k --checkpoint kept --checkpoint-every 0.000001 --json /dev/full
check "results that can't be written: status 1" [ $? -eq 1 ]
check "the run's end is kept" [ "$(od -An -j 32 -N 8 -t u8 kept | tr -d ' ')" = 100000 ]
ln -s kept link
desk --trials 100k --checkpoint link --resume --json part.json
check "taken up at its end, by a link: the same result" same_result part.json part.txt
check "done: progress is removed" [ ! -e kept ]
check "and the link" [ ! -h link ]

desk --checkpoint part.json --json part.json
check "results and progress in one file: status 2" [ $? -eq 2 ]
check "that is said" says '^roisim: --json and --checkpoint name the same file, part.json$'
rm -f new
desk --checkpoint ./new --json new
check "in one that is not there yet: status 2" [ $? -eq 2 ]

# Two commands with one file: whoever finds another's progress in its place leaves it alone.
"$roisim" "$here/waiting.lua" --trials 10M --threads 1 --checkpoint kept --checkpoint-every 0.02 >part.txt 2>err &
while kill -0 $! 2>/dev/null && [ ! -s kept ]; do sleep 0.02; done
while kill -0 $! 2>/dev/null && [ ! -s err ]; do # again and again, for it may come just before progress takes its name
  printf 'of another command' >other && mv other kept
  sleep 0.02
done
check "another's progress is left alone, and that is said" says 'progress is not kept any more: kept is not what this run left there'
kill -TERM $! && wait $!
check "at the end too" [ "$(cat kept)" = 'of another command' ]
rm -f kept

# -- Refused --------------------------------------------------------------------------------------------------------------

cp first kept
refused() { # refused STATUS 'PATTERN' MODEL OPTION...
  wanted=$1 pattern=$2
  shift 2
  "$roisim" "$@" --checkpoint kept --resume >part.txt 2>err
  check "status $wanted: $*" [ $? -eq "$wanted" ]
  check "says '$pattern': $*" says "$pattern"
  check "is kept: $*" cmp -s kept first
  check "no result: $*" [ ! -s part.txt ]
}
m=$models/support_desk.lua
refused 2 'is of another run: --trials was 20000000 there, in this run it is 10000' "$m" --outputs npv
refused 2 'another run: --seed was 1 there, in this run it is 2' "$m" --trials 20M --outputs npv --seed 2
refused 2 'another run: --sampling was mc there, in this run it is lhs' "$m" --trials 20M --outputs npv --sampling lhs
refused 2 'another run: --outputs npv was given there, and not in this run' "$m" --trials 20M
refused 2 "another run: --prob npv > 0 was given in this run, and not there" "$m" --trials 20M --outputs npv --prob 'npv > 0'
refused 2 'another run: --set price=1e-6 was given in this run, and not there' "$m" --trials 20M --outputs npv --set price=1e-6
refused 2 'was kept with memory for results of [0-9]* bytes, this run has 1048576: go on with --max-memory [0-9]*' "$m" --trials 20M --outputs npv --max-memory 1M
sed 's/aht     = roi.pert(6, 9, 15)/aht     = roi.pert(6, 9, 16)/' "$m" >support_desk.lua
refused 2 'is of another model: ' support_desk.lua --trials 20M --outputs npv

size=$(wc -c <first)
for at in 0 1 100 1000 $((size / 2)) $((size - 9)) $((size - 1)); do
  head -c "$at" first >kept
  cp kept cut
  desk --checkpoint kept --resume
  check "cut to $at bytes: status 1" [ $? -eq 1 ]
  check "cut to $at bytes: the line says so" says 'kept is damaged\|kept is no file of progress'
  check "cut to $at bytes: it stays" cmp -s kept cut
done
for text in 'not of ours' ''; do
  printf '%s' "$text" >kept
  "$roisim" "$m" --checkpoint kept >part.txt 2>err
  check "'$text' is not overwritten" [ $? -eq 1 ]
  check "'$text' is not overwritten: it stays" [ "$(cat kept)" = "$text" ]
done
rm -f kept
"$roisim" "$m" --checkpoint none/kept >part.txt 2>err
check "a folder that is not there is found out at once" says 'cannot write none/kept: .*: make its folder first'

echo "$kills runs were killed"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
