#!/bin/sh
# Runs each script of each class (a folder) with the command and compares with what its first lines expect. usage: run.sh ROISIM [CLASS...]
#   -- expect status: N         the exit status
#   -- expect error: TEXT       the last line on standard error contains it; alternatives are separated by ||
#   -- expect output: TEXT      standard output contains it; may be repeated
#   -- args: ...                options for the command, as a shell reads them; instead of --trials 10 if they begin with a command
#   -- setup: COMMAND           done before, in an empty folder into which the script is copied and in which it is run; may be repeated
#   -- model: NAME              what is run instead of the script
#   -- as: nobody               if root runs the tests: run as this user; passed over, with a note, where that can't be
# Whatever the script does, it ends, the message is one line of printable characters, and no process is left behind.
set -u
# A session of its own shows at the end which processes are left.
if [ -z "${SAFETY_SESSION:-}" ] && command -v setsid >/dev/null; then SAFETY_SESSION=1 exec setsid -w sh "$0" "$@"; fi
roisim=${1:?usage: run.sh ROISIM [CLASS...]}
case $roisim in /*) ;; *) roisim=$PWD/$roisim ;; esac
shift
cd "$(dirname "$0")" || exit 2
here=$PWD
out=$(mktemp -d) || exit 2
trap 'chmod -R u+rwX "$out"; rm -rf "$out"' EXIT
chmod 755 "$out"
passed=0 failed=0

fail() { # fail SCRIPT WHY
  failed=$((failed + 1))
  echo "FAIL $1: $2"
  sed 's/^/    | /' "$out/err" | cut -c 1-300 | tail -n 5
}

# 0 if the text contains one of the alternatives.
contains() { # contains TEXT ALTERNATIVES
  rest=$2
  while :; do
    case $rest in
    *' || '*) one=${rest%%' || '*} rest=${rest#*' || '} ;;
    *) one=$rest rest= ;;
    esac
    case $1 in *"$one"*) return 0 ;; esac
    [ -n "$rest" ] || return 1
  done
}

value() { sed -n "s/^-- $1: //p" "$2"; } # value NAME SCRIPT

# Checks one run: prints what is wrong.
check() { # check SCRIPT STATUS
  expected=$(value 'expect status' "$1")
  text=$(value 'expect error' "$1")
  last=$(tail -n 1 "$out/err")
  [ "$2" = "$expected" ] || { echo "status $2 instead of $expected"; return; }
  contains "$last" "$text" || { printf 'the last line lacks: %s\n' "$text"; return; }
  value 'expect output' "$1" >"$out/lines"
  while IFS= read -r line; do grep -qF -e "$line" "$out/out" || { echo "the output lacks: $line" && return; }; done <"$out/lines"
  [ "${#last}" -le 1500 ] || { echo "a message of ${#last} characters"; return; }
  if LC_ALL=C tr -d '\n' <"$out/err" | LC_ALL=C grep -q '[[:cntrl:]]'; then echo "control characters in the messages"; return; fi
  if LC_ALL=C tr -d '\n\t' <"$out/out" | LC_ALL=C grep -q '[[:cntrl:]]'; then echo "control characters in the output"; return; fi
  cat "$out/err" "$out/out" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1 || { echo "invalid UTF-8"; return; }
  [ "$(wc -l <"$out/err")" -le 1002 ] || { echo "too many lines"; return; }
  grep -q '^print' "$1" || grep -q ' print(' "$1" || [ "$(wc -l <"$out/err")" -le 1 ] || echo "more than one line"
}

# Runs a script in its folder: files out and err, and the status.
play() { # play SCRIPT
  model=$(value model "$1") options=$(value args "$1") as=''
  model=${model:-$(basename "$1")}
  [ -n "$(value as "$1")" ] && [ "$(id -u)" -eq 0 ] && as='setpriv --reuid 65534 --regid 65534 --clear-groups'
  where=$(dirname "$1")
  if [ -n "$(value setup "$1")" ]; then
    where=$out/work
    rm -rf "$where" && mkdir "$where" && cp "$1" "$where" || return 125
    (cd "$where" && eval "$(value setup "$1")") >"$out/err" 2>&1 || return 125
  fi
  (
    cd "$where" || exit 125
    eval "set -- $options"
    case ${1:-} in [a-z]*) ;; *) set -- run --trials 10 "$@" ;; esac
    command=$1
    shift
    exec timeout -k 5 60 $as "$roisim" "$command" "$model" "$@"
  ) >"$out/out" 2>"$out/err" </dev/null
}

left_behind() {
  session=$(sed 's/.*) //' "/proc/$$/stat" 2>/dev/null | cut -d' ' -f 4)
  cat /proc/[0-9]*/stat 2>/dev/null | awk -v session="$session" '/\(roisim\)/ { sub(/.*\) /, ""); if ($4 == session && $1 != "Z") print }'
}

can_be_nobody() { [ "$(id -u)" -ne 0 ] || setpriv --reuid 65534 --regid 65534 --clear-groups test -x "$roisim" 2>/dev/null; }

# Plays the scripts of one class.
one_class() { # one_class CLASS
  for f in "$here/$1"/*.lua; do
    [ -e "$f" ] || continue
    if [ -n "$(value as "$f")" ] && ! can_be_nobody; then
      echo "passed over (nobody can't run $roisim): $1/$(basename "$f")"
      continue
    fi
    play "$f"
    why=$(check "$f" $?)
    if [ -z "$why" ]; then passed=$((passed + 1)); else fail "$1/$(basename "$f")" "$why"; fi
  done
}

if [ $# -eq 1 ]; then
  one_class "$1"
else
  # Most of them wait for a limit, so several classes are played at a time.
  [ $# -gt 0 ] || set -- */
  printf '%s\n' "$@" | tr -d / | xargs -P 4 -I CLASS sh -c "sh run.sh '$roisim' CLASS >'$out/CLASS.log' 2>&1"
  for log in "$out"/*.log; do
    grep -v ' passed, ' "$log"
    passed=$((passed + $(sed -n 's/^\([0-9]*\) passed, .*/\1/p' "$log"))) failed=$((failed + $(sed -n 's/.* \([0-9]*\) failed$/\1/p' "$log")))
  done
  : >"$out/err"
  if [ -z "$(left_behind)" ]; then passed=$((passed + 1)); else fail "all" "processes are left behind: $(left_behind)"; fi
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
