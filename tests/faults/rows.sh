#!/bin/sh
# Makes things go wrong around the command: streams, disks, limits, processes, signals, clocks, files that change.
# usage: rows.sh ROISIM [PART...]     PART: streams, disks, ...: what rows_PART.sh holds
#
# A row is a command with what must come of it: its status and what its last line on standard error contains. It runs in a folder with the
# models and with kept.json and kept.csv from before. Whatever happens, these two are then as they were, or new and whole; no temporary
# file and no process is left; and results on standard output are those of an undisturbed run, marked as partial, or none.
# Rows that need calls of the C library to fail or to stop (faults.h) are left out under a sanitizer, which stands before them itself;
# rows that need what this machine does not offer say so.
set -u
roisim=${1:?usage: rows.sh ROISIM [PART...]}
case $roisim in /*) ;; *) roisim=$PWD/$roisim ;; esac
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
build=$(dirname "$roisim")
work=$(mktemp -d) || exit 2
chmod 755 "$work" # for rows that another user runs
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8 ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0
export LC_ALL ASAN_OPTIONS roisim work
unset ROISIM_ISA ROISIM_PATH NO_COLOR
failing=$build/faults/failing.so
[ -e "$failing" ] || failing=
if grep -q fsanitize "$build/flags" 2>/dev/null; then sanitized=1 failing=; else sanitized=; fi
export failing sanitized
passed=0 failed=0

# -- The frame ------------------------------------------------------------------------------------------------------------

begin() { # the folder of a row
  chmod -R u+w "$work/row" 2>/dev/null
  rm -rf "$work/row"
  mkdir "$work/row"
  cd "$work/row" || exit 2
  cp "$top"/examples/hello.lua "$top"/examples/queue.lua "$top"/examples/support_desk.lua "$top"/tests/cli/prices.lua \
    "$top"/tests/lua/data/adoption.csv "$here"/models/*.lua .
  echo '{ "of": "before" }' >kept.json
  echo 'of,before' >kept.csv
}

# What must hold in any row; prints what does not.
check() { # check STATUS WANTED PATTERN OUTPUT
  last=$(tail -n 1 "$work/err")
  [ "$1" = "$2" ] || { echo "status $1 instead of $2"; return; }
  case $3 in
  -) ;; # the shell may tell of a process that was killed
  '') [ ! -s "$work/err" ] || echo "a message where none was expected" ;;
  *) case $last in *"$3"*) ;; *) echo "the message lacks: $3" ;; esac ;;
  esac
  ls -A | grep '\.roisim\.' | head -n 1 | sed 's/$/ is left/'
  holds kept.json '{ "of": "before" }' || is_whole kept.json || echo "kept.json is neither the old file nor whole"
  holds kept.csv 'of,before' || cmp -s kept.csv "$work/expected.csv" || echo "kept.csv is neither the old file nor whole"
  case $4 in
  none) [ ! -s "$work/out" ] || echo "there is output" ;;
  same) cmp -s "$work/out" "$work/expected" || echo "other output than undisturbed" ;;
  partial) case $(head -n 1 "$work/out") in 'partial: '*) ;; *) echo "results that are not marked as partial" ;; esac ;;
  esac
  if pgrep_row; then echo "a process was left behind"; fi
}

# JSON that ends as it should.
is_whole() { [ "$(head -c 1 "$1")" = '{' ] && [ "$(tail -c 2 "$1")" = '}' ]; }

# Whether a process of the command still runs in the row's folder; one that is ending is given a second.
pgrep_row() {
  for i in 1 2 3 4 5 6 7 8 9 10; do
    found=
    for p in $(ls -l /proc/[0-9]*/exe 2>/dev/null | sed -n "s|.* \\(/proc/[0-9]*\\)/exe -> $roisim.*|\\1|p"); do
      [ "$(readlink "$p/cwd" 2>/dev/null)" != "$work/row" ] || found=1
    done
    [ -n "$found" ] || return 1
    sleep 0.1
  done
}

# row NAME STATUS PATTERN OUTPUT COMMAND [CHECK...]
# PATTERN: of the last line on standard error; empty: nothing is there; -: whatever is. OUTPUT: same (as undisturbed), none, partial,
# any. COMMAND: a line for the shell, in which run is a plain run. CHECK: a command that must succeed afterwards.
row() {
  name=$1 wanted=$2 pattern=$3 output=$4 command=$5
  shift 5
  begin
  timeout -k 10 120 sh -c ". '$work/words.sh'; $command" >"$work/out" 2>"$work/err" </dev/null
  status=$?
  why=$(check $status "$wanted" "$pattern" "$output")
  if [ -z "$why" ] && [ $# -gt 0 ] && ! "$@" >"$work/check" 2>&1; then why="not so: $1 $(head -c 500 "$work/check")"; fi
  if [ -z "$why" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAIL $name: $why"
    tail -n 3 "$work/err" | cut -c 1-300 | sed 's/^/    | /'
  fi
}

skip() { echo "left out: $1"; } # skip 'WHAT: WHY'

# What commands of rows may say.
cat >"$work/words.sh" <<'WORDS'
run() { "$roisim" hello.lua --trials 9000 --threads 2 "$@"; }
# A pipe without a reader as descriptor 4.
broken_pipe() { mkfifo pipe && exec 3<>pipe 4>pipe 3<&-; }
# A pipe as descriptor 4 whose reader never reads.
full_pipe() { mkfifo pipe && exec 3<>pipe 4>pipe; }
# Runs in the background with the signals as a terminal gives them; its id is in $pid.
start() { env --default-signal=INT,QUIT,HUP "$roisim" "$@" & pid=$!; }
# Waits, for up to a minute, until a command succeeds.
until_true() {
  for i in $(seq 1200); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.05
  done
  echo "never: $*" >&2
}
has_children() { [ "$(children | wc -w)" -ge "$1" ]; }
children() { cat /proc/$pid/task/$pid/children; }
# Whether it has a result file open, which may have no name; and whether there is anything in one.
has_results() { ls -l /proc/$pid/fd | grep -E "$PWD/(#[0-9]|\.roisim)"; }
has_samples() {
  for f in $(has_results | sed 's/.* \([0-9]*\) -> .*/\1/'); do
    [ "$(stat -L -c %s /proc/$pid/fd/$f)" -eq 0 ] || return 0
  done
  return 1
}
is_stopped() { grep '^State:.T' /proc/$pid/status; }
is_writing_to_pipe() { cat /proc/$pid/task/*/wchan | grep pipe_write; }
# stopped CALL N ARGUMENTS...: begins a run that stops itself at the Nth of these calls, and waits until it has.
stopped() {
  FAULT_CALL=$1 FAULT_AT=$2 FAULT_HOW=stop
  shift 2
  export FAULT_CALL FAULT_AT FAULT_HOW
  env --default-signal=INT,QUIT,HUP LD_PRELOAD="$failing" "$roisim" "$@" &
  pid=$!
  unset FAULT_CALL FAULT_AT FAULT_HOW
  until_true is_stopped
}
# refused FILE ARGUMENTS...: refuses the command's Nth read at a place of FILE, for N = 1, 2, ... until it goes through. All that was said is
# left in the file said. 1 where a refusal is not told as it should be, or does something to FILE.
refused() {
  file=$1 n=0
  shift
  cp "$file" was
  while [ $n -lt 100 ]; do
    n=$((n + 1))
    env LD_PRELOAD="$failing" FAULT_CALL=pread FAULT_AT=$n "$roisim" "$@" >/dev/null 2>now
    case $? in 0) [ $n -gt 3 ]; return ;; 1) ;; *) return 1 ;; esac
    cat now >>said
    [ "$(head -n 1 now)" = "roisim: cannot read $file: Input/output error" ] && cmp "$file" was || return 1
  done
  return 1
}
go_on() { kill -CONT $pid; wait $pid; }
# mounted COMMAND...: with another file mounted on kept.json.
mounted() {
  echo old >other
  $unshare sh -c 'mount --bind other kept.json && exec "$@"' - "$@"
}
# on_disk SIZE ARGUMENTS...: what comes of a command on a disk of that size is left in this folder.
on_disk() {
  size=$1
  shift
  mkdir disk
  $unshare sh -c 'mount -t tmpfs -o size=$0 none disk && cp kept.* hello.lua disk && cd disk && { "$@"; } && status=0 || status=$?
    cp -a . .. && exit $status' "$size" "$@"
  status=$?
  rmdir disk
  return $status
}
WORDS
case $(id -u) in 0) unshare='unshare -m' ;; *) unshare='unshare -rm' ;; esac
export unshare
mkdir "$work/disk"
has_disk=$($unshare sh -c "mount -t tmpfs none '$work/disk' && echo 1" 2>/dev/null)

# Another user, to whom permissions and limits of processes apply.
unprivileged=$((100000 + $$)) # one without any other process
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
  as_user="setpriv --reuid=$unprivileged --regid=$unprivileged --clear-groups"
elif [ "$(id -u)" -ne 0 ]; then
  as_user=env
else
  as_user=
fi
export as_user

# What the same commands say undisturbed.
begin
. "$work/words.sh"
run --samples "$work/expected.csv" --json "$work/expected.json" >"$work/expected" || exit 2
same_json() { # up to the time it took
  sed '/"timing"/,$d' "$1" >"$work/a" && sed '/"timing"/,$d' "${2:-$work/expected.json}" | cmp - "$work/a"
}
is_partial_json() { grep '"complete":[[:space:]]*false' "$1" && is_whole "$1"; }
holds() { [ "$(cat "$1")" = "$2" ]; }
absent() { [ ! -e "$1" ] && [ ! -L "$1" ]; }

[ $# -gt 1 ] || set -- "$1" streams disks places limits children signals suspended clocks changes writers
shift
for part in "$@"; do
  . "$here/rows_$part.sh"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
