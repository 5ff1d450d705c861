#!/bin/sh
# Runs the script tests of this folder. usage: run.sh BUILD/roisim [FILE...]
#
# A line that begins with "---- " starts a case, which is a script of its own: the line's text names it. A file without such lines
# is one case. A case that does not require "roisim" itself stands after
#   local roi = require "roisim" local model = roi.model { horizon = 12, period = "month" } local x, t = model.inputs, model.time
# What a case must do stands in its comments; with none of them it must just run:
#   -- expect: TEXT          the script prints the line TEXT (in the order of these comments)
#   -- expect error: TEXT    it fails with a message that has this line's place and contains TEXT
#   -- expect failure: TEXT  it fails with a message that contains TEXT and has no place in the script
#   -- expect warning: TEXT  it warns with this line's place and TEXT
#   -- args: ARGUMENTS       further arguments of the command
#   -- warns: [RULE] TEXT    roisim check finds exactly this in the line, and every run warns of it
#   -- finds: [RULE] TEXT    the same of what only a check finds; with one of the two, nothing else may be found
#   -- finds nothing         roisim check finds nothing in the case
# Outputs whose names begin with "ok" must be 1 in every trial.
set -u
roisim=$1
shift
cd "$(dirname "$0")" || exit 1
case $roisim in /*) ;; *) roisim=../../$roisim ;; esac
[ $# -gt 0 ] || set -- *.lua
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0

# Writes the cases of a file to FOLDER/NUMBER/FILE, after as many empty lines as stand above them in the file, and beside each what its
# comments expect: args, errors, failures, warnings (LINE:TEXT), findings (LINE what [RULE] TEXT), prints; ok if it has such
# outputs, reads if it may read data.
split() { # split FILE FOLDER
  awk -v folder="$2" -v name="$(basename "$1")" '
    function put(file, line) { expected[file] = expected[file] line "\n" }
    function after(mark,    i) { return (i = index($0, mark)) ? substr($0, i + length(mark)) : "" }
    function finish(    path, i, file) {
      if (text != "" && lines) {
        path = folder "/" sprintf("%03d", ++count)
        system("mkdir -p " path)
        for (i = 1; i < start; i++) print "" > (path "/" name)
        if (!whole) printf "%s %s", "local roi = require \"roisim\" local model = roi.model { horizon = 12, period = \"month\" }",
          "local x, t = model.inputs, model.time" > (path "/" name)
        printf "%s", text > (path "/" name)
        close(path "/" name)
        for (file in expected) {
          printf "%s", expected[file] > (path "/" file)
          close(path "/" file)
        }
      }
      split("", expected)
      whole = lines = 0
    }
    function note(    rest) {
      if ((rest = after("-- args: ")) != "") put("args", rest)
      if ((rest = after("-- expect: ")) != "") { gsub(/\t/, " ", rest); put("prints", rest) } # tabs are printed as spaces
      if ((rest = after("-- expect error: ")) != "") put("errors", NR ":" rest)
      if ((rest = after("-- expect failure: ")) != "") put("failures", NR ":" rest)
      if ((rest = after("-- expect warning: ")) != "") put("warnings", NR ":" rest)
      if ((rest = after("-- warns: ")) != "") put("findings", NR " warns " rest)
      if ((rest = after("-- finds: ")) != "") put("findings", NR " finds " rest)
      if (index($0, "-- finds nothing")) expected["findings"] = expected["findings"]
      if ($0 ~ /\.ok|"ok_/) put("ok", "")
      if ($0 ~ /data/) put("reads", $0)
    }
    NR == 1 { start = 1; text = "" }
    /^---- / { finish(); start = NR; text = $0 "\n"; sub(/^---- .*/, ";--\n", text); note(); next }
    { text = text $0 "\n"; if ($0 !~ /^[ \t]*(--.*)?$/) lines++; if ($0 ~ /require *\(? *"roisim"/) whole = 1; note() }
    END { finish() }' "$1"
}

complain() { # complain 'WHAT'
  echo "FAIL $file case $(basename "$folder"): $1"
  sed 's/^/  /' "$folder/out" "$folder/err" | tail -n 12
  failed=$((failed + 1))
}

# What a check finds: LINE, warns or finds, [RULE] TEXT.
found() {
  "$roisim" check "$folder/$name" --json - 2>>"$folder/err" | tr -d '\n' | sed 's/{[^{]*"rule":/\n&/g' | sed -n \
    's/.*"rule":[^"]*"\([^"]*\)".*"line":[^0-9]*\([0-9]*\),.*"text":[^"]*"\(.*\)",[^"]*"why":.*"in_every_run":[^a-z]*\([a-z]*\).*/\2 \4 [\1] \3/p' |
    sed 's/^\([0-9]* \)true/\1warns/; s/^\([0-9]* \)false/\1finds/; s/\\"/"/g' | LC_ALL=C sort
}

check_findings() {
  [ -e "$folder/findings" ] || return 0
  found >"$folder/found"
  ! "$roisim" check "$folder/$name" 2>>"$folder/err" --json - | grep -q '"why":[^"]*""' || { complain "a rule without a reason"; return 1; }
  difference=$(LC_ALL=C sort "$folder/findings" | diff - "$folder/found") || { complain "other findings than expected: $difference"; return 1; }
  sed -n 's/^\([0-9]*\) warns \[[^]]*\] /\1: /p' "$folder/found" >"$folder/findings_0"
  sed -n "s/^warning: .*$name:\([0-9]*: \)/\1/p" "$folder/err" | LC_ALL=C sort >"$folder/found_0"
  difference=$(diff "$folder/findings_0" "$folder/found_0") || { complain "the run warns otherwise: $difference"; return 1; }
}

# Each line LINE:TEXT of a file must be in a message; with a place, in one of that line.
expect_messages() { # expect_messages FILE [place]
  [ -e "$folder/$1" ] || return 0
  while IFS= read -r line; do
    place=${2:+$name:${line%%:*}: }
    grep -F -- "$place" "$folder/err" | grep -qF -- "${line#*:}" || { complain "expected in $1: $line"; return 1; }
  done <"$folder/$1"
}

# Checks one case: $folder/$name was run with this status.
check() { # check STATUS
  if [ -e "$folder/errors" ] || [ -e "$folder/failures" ]; then
    [ "$1" -eq 1 ] || { complain "status $1, not 1"; return; }
    [ "$(wc -l <"$folder/err")" -eq 1 ] || { complain "a message is one line"; return; }
  else
    [ "$1" -eq 0 ] || { complain "status $1"; return; }
  fi
  expect_messages errors place && expect_messages failures && expect_messages warnings place && check_findings || return
  if [ "$1" -eq 0 ] && [ -s "$folder/err" ] && ! [ -e "$folder/warnings" ] && ! grep -q ' warns ' "$folder/findings" 2>/dev/null &&
    grep -q '^warning: ' "$folder/err"; then
    complain "a warning"
    return
  fi
  if [ -e "$folder/prints" ]; then
    cat "$folder/out" "$folder/err" | tr '\t' ' ' | grep -xF -f "$folder/prints" >"$folder/printed"
    difference=$(diff "$folder/prints" "$folder/printed") || { complain "other lines than expected: $difference"; return; }
  fi
  if [ -e "$folder/ok" ] && [ "$1" -eq 0 ]; then
    wrong=$(awk -F, '{ sub(/\r$/, "") } NR == 1 { for (i = 1; i <= NF; i++) if ($i ~ /^"?ok/) ok[i] = $i; n = 0; next }
      { for (i in ok) { n++; if ($i != 1) bad[ok[i]] = $i } }
      END { if (!n) print "no ok columns"; for (c in bad) print c " = " bad[c] }' "$folder/samples.csv")
    [ -z "$wrong" ] || { complain "not 1: $wrong"; return; }
  fi
  passed=$((passed + 1))
}

for file in "$@"; do
  name=$(basename "$file")
  split "$file" "$tmp/${name%.lua}"
  for folder in "$tmp/${name%.lua}"/*; do
    [ -e "$folder/$name" ] || continue
    [ ! -e "$folder/reads" ] || cp -r data "$folder/data"
    args=
    [ ! -e "$folder/args" ] || args=$(tr '\n' ' ' <"$folder/args")
    (eval "\"\$roisim\" \"\$folder/\$name\" --trials 20 --outputs all --samples \"\$folder/samples.csv\" $args") \
      >"$folder/out" 2>"$folder/err" </dev/null
    check $?
  done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
