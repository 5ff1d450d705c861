#!/bin/sh
# Runs the fuzzers that `make fuzz` built, two at a time; prints what each did and "N passed, N failed".
# usage: run.sh BUILD      (BUILD/fuzz/NAME_fuzz)
#   FUZZ_SECONDS  for each (600)          FUZZ  names, to run some (all)          FUZZ_JOBS  how many at a time (2)
#
# The table below has a line for each: name, longest input in bytes, seconds after which an input counts as hanging. Seeds are made
# from files of the tree by seeds_NAME (a short run takes some of them); tests/fuzz/NAME.dict, where there is one, holds words to try.
# What a run learns stays in BUILD/corpus/NAME, where the next begins.
#
# A finding is a file BUILD/found/NAME-KIND-HASH (crash, leak, timeout, oom) and fails the run. From the top of the tree
#   BUILD/fuzz/NAME_fuzz BUILD/found/NAME-...                                      shows it again ("broken: RULE", or a sanitizer's report)
#   BUILD/fuzz/NAME_fuzz -minimize_crash=1 -max_total_time=60 BUILD/found/NAME-... makes it smaller
# Its repair comes with a test in the suite that it belongs to.
#
# To add one: tests/fuzz/NAME_fuzz.c with LLVMFuzzerTestOneInput (inprocess.h runs the whole command), a line below, seeds_NAME.
set -u
cd "$(dirname "$0")/../.."
[ $# -eq 1 ] || { sed -n '3,4s/^# //p' tests/fuzz/run.sh >&2; exit 2; }
build=$1
export ASAN_OPTIONS=${ASAN_OPTIONS:-quarantine_size_mb=32:malloc_context_size=8} UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
table='
script   6000 60
graph   65536 20
channel 20000 20
cli      2000  5
prob      500 10
set       600 30
data     3000 30
matrix   2000 30
manifest 8000  5
json     4000 10
state  120000 20
'

# One file for each line of standard input, its bytes as `printf %b` makes them.
a_file_a_line() { # a_file_a_line FOLDER
  i=0
  while IFS= read -r line; do
    i=$((i + 1))
    printf '%b' "$line" >"$1/$i"
  done
}

# The cases of tests/lua, and whole files.
seeds_script() {
  awk -v folder="$1" '
    function finish() { if (lines) { printf "%s", text > sprintf("%s/case%04d", folder, ++n); close(sprintf("%s/case%04d", folder, n)) } }
    FNR == 1 || /^---- / { finish(); lines = 0; text = FNR == 1 && /require/ ? "" : "local roi = require \"roisim\" local model = roi.model " \
      "{ horizon = 12, period = \"month\" } local x, t = model.inputs, model.time\n" }
    /require *\(? *"roisim"/ { text = "" }
    { sub(/ *-- (expect|warns|finds|args).*/, ""); text = text $0 "\n"; lines++ }
    END { finish() }' tests/lua/*.lua
  for f in examples/*.lua tests/cli/*.lua tests/safety/*/*.lua tests/bench/*.lua lua/templates/model/*.lua; do
    case $f in */safety/time/* | */safety/memory/* | */safety/files/* | */safety/interpreter/*) ;; *) cp "$f" "$1/$(echo "$f" | tr / _)" ;; esac
  done
  for way in designed lhs stress samples compare portfolio sensitivity sobol morris pawn explain replay check test; do
    for f in examples/hello.lua examples/launch.lua examples/own_or_rent.lua tests/cli/scarce.lua tests/cli/correlated.lua; do
      { echo "-- roisim $way"; cat "$f"; } >"$1/$way-$(basename "$f")"
    done
  done
}

seeds_graph() { "$build/fuzz/graph_seeds" "$1" examples/*.lua; }

# A whole graph as one message, and a row of all that a child may say.
seeds_channel() {
  "$build/fuzz/graph_seeds" "$1" examples/hello.lua examples/launch.lua || return
  for f in "$1"/*.lua; do { printf '\010\000\377\377' && cat "$f"; } >"$1/$(basename "$f" .lua)" && rm "$f" || return; done
  printf '\001\000\006\000roisim\002\000\014\000adoption.csv\005\000\005\000hello\006\001\003\0001.2\007\003\020\000a.lua\000it is wrong' >"$1/row"
}

# Command lines of the tests: words, each ended by a NUL.
seeds_cli() {
  sed -n 's/^\$ roisim //p' tests/cli/*.t | grep -v '[|>\\$&;]' | sed "s/'\([^' ]*\)'/\1/g; s/ /\\\\0000/g" | sort -u | a_file_a_line "$1"
}

# What tests and documents give to an option.
of_option() { # of_option OPTION
  grep -rhoE -e "--$1 '[^']*'|--$1 [^ '\"]+" tests/cli tests/lua docs README.md | sed "s/^--$1 //; s/^'\(.*\)'\$/\1/; s/\\\\/\\\\\\\\/g" | sort -u
}
seeds_prob() {
  { of_option prob | sed 's/^/p/'; of_option until | sed 's/^/u/'; of_option output | sed 's/^/v/'; } | a_file_a_line "$1"
}
seeds_set() { of_option set | sed 's/^/a/' | a_file_a_line "$1"; }

# The first byte chooses who reads.
seeds_data() {
  for f in tests/lua/data/*.csv; do
    for reader in d c m; do { printf %s "$reader"; cat "$f"; } >"$1/$reader$(basename "$f")"; done
  done
}
seeds_matrix() {
  for f in tests/lua/data/matrix*.csv; do { printf s; cat "$f"; } >"$1/$(basename "$f")"; done
}
seeds_manifest() { # the first byte chooses the form
  for f in tests/safety/manifests/*/library.lua; do { printf L && cat "$f"; } >"$1/$(basename "$(dirname "$f")")"; done
}
seeds_json() { for f in tests/lua/*.lua; do head -c 3000 "$f" >"$1/$(basename "$f")"; done; }

# Few enough seeds for a short run, each n-th of them.
thin() { # thin FOLDER
  ls "$1" | awk -v most=$((${FUZZ_SECONDS:-600} * 4)) '{ name[NR] = $0 }
    END { n = int((NR - 1) / most) + 1; for (i = 1; i <= NR; i++) if (n > 1 && i % n) print name[i] }' | (cd "$1" && xargs -r rm)
}

seeds_state() { "$build/fuzz/state_seeds" "$1"; }

# One fuzzer: its log and one line of what it did.
run_one() { # run_one NAME MAX_LEN TIMEOUT
  log=$build/log/$1
  rm -rf "$build/seeds/$1"
  mkdir -p "$build/seeds/$1" "$build/corpus/$1" "$build/found" "$build/log"
  "seeds_$1" "$build/seeds/$1" >"$log" 2>&1 || { echo "  FAIL  $1: no seeds"; cat "$log"; return 1; }
  thin "$build/seeds/$1"
  dict=
  [ ! -e "tests/fuzz/$1.dict" ] || dict=-dict=tests/fuzz/$1.dict
  "$build/fuzz/$1_fuzz" -max_total_time="${FUZZ_SECONDS:-600}" -max_len="$2" -timeout="$3" -rss_limit_mb=3000 -close_fd_mask=3 \
    -print_final_stats=1 -artifact_prefix="$build/found/$1-" $dict "$build/corpus/$1" "$build/seeds/$1" >>"$log" 2>&1
  status=$?
  executed=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  reached=$(sed -n 's/^#.* cov: \([0-9]*\) ft: \([0-9]*\) .*/\1 edges, \2 features/p' "$log" | tail -n 1)
  if [ "$status" -eq 0 ]; then
    echo "  ok    $1: $executed inputs, $reached"
  else
    echo "  FAIL  $1: $executed inputs, $reached"
    grep -v '^#' "$log" | tail -n 60 | sed 's/^/        | /'
  fi
  return $status
}

# Called by xargs for one line of the table.
if [ -n "${FUZZ_ONE:-}" ]; then
  set -- $FUZZ_ONE
  run_one "$@" && echo passed >"$build/log/$1.status"
  exit 0
fi
mkdir -p "$build/log"
rm -f "$build"/log/*.status
asked=0
for name in $(echo "$table" | awk 'NF { print $1 }'); do
  case " ${FUZZ:-$name} " in *" $name "*) asked=$((asked + 1)) ;; esac
done
echo "$table" | awk -v some="${FUZZ:-}" 'NF && (some == "" || index(" " some " ", " " $1 " ")) { print $1 "," $2 "," $3 }' |
  xargs -P "${FUZZ_JOBS:-2}" -I{} sh -c 'FUZZ_ONE=$(echo "$1" | tr , " ") exec sh tests/fuzz/run.sh "$2"' _ {} "$build"
passed=$(ls "$build/log" | grep -c '\.status$')
echo "$passed passed, $((asked - passed)) failed"
[ "$asked" -gt 0 ] && [ "$passed" -eq "$asked" ]
