#!/bin/sh
# Runs each script of this folder with the command and compares with what its first lines expect. usage: run.sh ROISIM
#   -- expect status: N         the exit status
#   -- expect error: TEXT       the last line on standard error contains it; alternatives are separated by ||
#   -- args: ...                options for the command
# Whatever the script does, the message is one line of printable characters, and no process is left behind.
set -u
roisim=${1:?usage: run.sh ROISIM}
case $roisim in /*) ;; *) roisim=$PWD/$roisim ;; esac
cd "$(dirname "$0")" || exit 2
out=$(mktemp -d) || exit 2
trap 'rm -rf "$out"' EXIT
passed=0 failed=0

fail() { # fail SCRIPT WHY
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

# Checks one run: prints what is wrong.
check() { # check SCRIPT STATUS
  expected=$(sed -n 's/^-- expect status: //p' "$1" | head -n 1)
  text=$(sed -n 's/^-- expect error: //p' "$1" | head -n 1)
  last=$(tail -n 1 "$out/err")
  [ "$2" = "$expected" ] || { echo "status $2 instead of $expected"; return; }
  contains "$last" "$text" || { echo "the last line lacks: $text"; return; }
  [ "${#last}" -le 1500 ] || { echo "a message of ${#last} characters"; return; }
  if LC_ALL=C tr -d '\n' <"$out/err" | LC_ALL=C grep -q '[[:cntrl:]]'; then echo "control characters in the messages"; return; fi
  [ "$(wc -l <"$out/err")" -le 1002 ] || { echo "too many lines"; return; }
  grep -q '^print' "$1" || grep -q ' print(' "$1" || [ "$(wc -l <"$out/err")" -eq 1 ] || echo "more than one line"
}

for f in *.lua; do
  args=$(sed -n 's/^-- args: //p' "$f" | head -n 1)
  # shellcheck disable=SC2086 # options are words
  "$roisim" "$f" --trials 10 $args >"$out/out" 2>"$out/err" </dev/null
  why=$(check "$f" $?)
  if [ -z "$why" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fail "$f" "$why"; fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
