#!/bin/sh
# Runs the transcripts of this folder: in each .t file a line "$ COMMAND" is followed by what the command must print, standard
# output and error together, and by "[STATUS]" if its status is not 0. Other lines begin with # and say what is tested.
# usage: run.sh ROISIM [FILE.t...]     UPDATE=1 writes what was printed into the files
# A command that hangs is ended after two minutes. Where signals are sent, the address sanitizer does not look for leaks: its search
# stops the process by tracing it, and for ever if a signal comes meanwhile.
set -u
case ${1:?usage: run.sh ROISIM [FILE.t...]} in /*) roisim=$1 ;; *) roisim=$PWD/$1 ;; esac
shift
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
[ $# -gt 0 ] || set -- "$here"/*.t
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$roisim" "$work/bin/roisim"
PATH=$work/bin:$PATH
LC_ALL=C.UTF-8
export PATH LC_ALL
unset ROISIM_ISA ROISIM_PATH NO_COLOR
passed=0 failed=0

# Prints the transcript of file $1, run in a folder of its own.
play() {
  while IFS= read -r line; do
    case $line in
    '$ '*)
      printf '%s\n' "$line"
      sanitizer=${ASAN_OPTIONS:-}
      case $line in *timeout* | *time-limit*) sanitizer=$sanitizer:detect_leaks=0 ;; esac
      ASAN_OPTIONS=$sanitizer timeout -k 10 120 sh -c "${line#??}" >"$work/output" 2>&1 </dev/null
      status=$?
      cat "$work/output"
      [ $status -eq 0 ] || echo "[$status]"
      ;;
    '#'*) printf '%s\n' "$line" ;;
    esac
  done <"$1"
}

for file in "$@"; do
  rm -rf "$work/run"
  mkdir "$work/run"
  cp "$top"/examples/*.lua "$here"/*.lua "$work/run"
  (cd "$work/run" && play /dev/stdin) <"$file" >"$work/transcript"
  if cmp -s "$file" "$work/transcript"; then
    passed=$((passed + 1))
  elif [ -n "${UPDATE:-}" ]; then
    cp "$work/transcript" "$file"
  else
    failed=$((failed + 1))
    echo "$(basename "$file"): expected (-) and printed (+) differ"
    diff -u "$file" "$work/transcript" | tail -n +3
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
