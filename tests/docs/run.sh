#!/bin/sh
# Runs every ```lua block of the documents, so that none of them can lie. usage: run.sh BUILD/roisim [FILE...]
# A block that calls require "roisim" is a whole script. Any other is a fragment: it stands inside a small model, after
#   local roi = require "roisim"; local model = roi.model { horizon = 12 }; local x, t = model.inputs, model.time
# A block marked ```lua error must fail as a model (status 1). A block without a mark that begins with "$ roisim [COMMAND] FILE.lua OPTIONS"
# shows what the script before it prints, called FILE.lua, and must be that to the letter; a line "..." stands for any lines left out. If
# FILE.lua begins with examples/ it is the script of that folder instead, and if the script before has been called by the same name, they
# must be equal: so a document can build an example step by step. It does by blocks that go on with the script before: those of a block
# ```lua add stand before its last line, those of a block ```lua change in place of the line that sets the same name as the block's last.
# A document with blocks marked ```lua PATH.lua is about files: those are written to one folder, and each block without a mark that begins
# with "$ roisim" is a transcript run there, in the document's order. UPDATE=1 writes what was printed into the document.
set -u
roisim=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || set -- README.md docs/LANGUAGE.md docs/REPORT.md docs/SENSITIVITY.md docs/USE_CASES.md docs/MODELLING.md docs/SHARING.md \
  docs/CHECK.md docs/PORTFOLIO.md docs/EXAMPLES.md docs/TUTORIAL.md docs/COMPARE.md docs/LONG_RUNS.md
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0

# Writes each block to LINE.lua or LINE.error.lua in a folder, preceded by empty lines so that messages name the document's line.
extract() { # extract DOCUMENT FOLDER
  awk -v folder="$2" '
    /^```lua [^ ]*\.lua$/ && !inside { inside = 2; next }
    /^```/ && inside == 2 { inside = 0; next }
    inside == 2 { next }
    /^```lua/ && !inside {
      inside = 1; text = ""; start = NR; whole = 0
      kind = ($0 ~ /^```lua[ \t]+error/) ? ".error" : ""
      part = $2 == "add" || $2 == "change"
      next
    }
    /^```/ && inside {
      inside = 0
      if (part) next
      file = folder "/" start kind ".lua"
      for (i = 1; i < start; i++) print "" > file
      if (!whole) printf "local roi = require \"roisim\" local model = roi.model { horizon = 12 } local x, t = model.inputs, model.time" > file
      print "" > file
      printf "%s", text > file
      if (!whole) print "if x and t then model.outputs.block_ran = roi.ge(roi.uniform(0, 1), 0) end return model" > file
      close(file)
      next
    }
    inside { text = text $0 "\n"; if ($0 ~ /require *\(? *"roisim"/) whole = 1 }
    END { if (inside) { print FILENAME ":" start ": the block has no end" > "/dev/stderr"; exit 1 } }' "$1"
}

# Writes each shown session to LINE/: the script if the document has it, the command, what it printed.
sessions() { # sessions DOCUMENT FOLDER
  awk -v folder="$2" '
    function grown(script, block, how,    lines, n, i, key, here, out) {
      if (how != "add" && how != "change") return block
      key = block
      sub(/\n$/, "", key)
      sub(/.*\n/, "", key)
      sub(/=.*/, "=", key)
      n = split(script, lines, "\n") - 1
      for (i = 1; i <= n; i++) {
        here = how == "add" ? i == n : index(lines[i], key) == 1
        out = out (here ? block : "") (here && how == "change" ? "" : lines[i] "\n")
      }
      return out
    }
    function write(text, file) { printf "%s", text > file; close(file) }
    /^```lua/ { block = ""; how = $2; inside = 1; next }
    /^```$/ && !inside { inside = 2; start = NR; next }
    /^```/ {
      if (inside == 1) script = grown(script, block, how)
      if (open) close(open)
      inside = 0; open = ""; next
    }
    inside == 1 { block = block $0 "\n" }
    inside == 2 && NR == start + 1 && /^\$ roisim ([a-z]+ )?(examples\/)?[a-z_]+\.lua/ {
      here = folder "/" NR
      model = $3 ~ /\.lua$/ ? $3 : $4
      system("mkdir -p " here)
      if (model !~ /\//) { write(script, here "/" model); called = model }
      else if (model == "examples/" called) write(script, here "/" called)
      write(substr($0, 3) "\n", here "/command")
      open = here "/expected"
      printf "" > open
      next
    }
    inside == 2 && open { print > open }' "$1"
}

# Writes the files of a document to a folder, and prints its text with what the transcripts print now. Status 1: it has no files.
transcripts() { # transcripts DOCUMENT FOLDER
  grep -q '^```lua [^ ]*\.lua$' "$1" || return 1
  awk -v folder="$2" '
    /^```lua [^ ]*\.lua$/ { file = folder "/" $2; path = file; sub(/\/[^\/]*$/, "", path); system("mkdir -p " path); next }
    /^```/ { file = ""; next }
    file != "" { print > file }' "$1"
  block=0 # 1: the next line tells what kind of block it is; 2: a transcript
  while IFS= read -r line; do
    case $block$line in
    *'```') [ $block -eq 0 ] && ! $other && block=1 || { block=0; other=false; } ;;
    *'```'*) other=true ;;
    1'$ roisim'*) block=2 ;;
    1*) block=0 other=true ;;
    esac
    case $block$line in
    2'$ '*)
      printf '%s\n' "$line"
      (cd "$2" && PATH="$2/.bin:$PATH" LC_ALL=C.UTF-8 sh -c "${line#??}" 2>&1 </dev/null)
      ;;
    2*) ;;
    *) printf '%s\n' "$line" ;;
    esac
  done <"$1"
}

# Whether the lines of one file are those of another, "..." in the first standing for any; else shows how they differ.
shows() { # shows EXPECTED PRINTED
  awk 'NR == FNR { want[++n] = $0; next }
    { got[++m] = $0 }
    END {
      i = 1
      for (j = 1; j <= m;) {
        if (i <= n && want[i] == "...") { star = i++; from = j }
        else if (i <= n && want[i] == got[j]) { i++; j++ }
        else if (star) { i = star + 1; j = ++from }
        else exit 1
      }
      while (i <= n && want[i] == "...") i++
      exit i <= n
    }' "$1" "$2" || { diff "$1" "$2"; return 1; }
}

# Runs a session in its folder. An example that the document has built must be the one of the folder examples.
play() { # play FOLDER
  ln -s "$PWD/examples" "$1/examples"
  (cd "$1" && for built in *.lua; do
    if [ -e "examples/$built" ] && grep -q "examples/$built" command; then diff "$built" "examples/$built" || exit 1; fi
  done && { sh -c "$(sed "s|^roisim|'$roisim'|" command)" >printed 2>&1; shows expected printed; })
}

for document in "$@"; do
  [ -e "$document" ] || continue
  rm -rf "$tmp/files"
  mkdir -p "$tmp/files/.bin"
  ln -s "$roisim" "$tmp/files/.bin/roisim"
  other=false
  if transcripts "$document" "$tmp/files" >"$tmp/document"; then
    if [ -n "${UPDATE:-}" ]; then cp "$tmp/document" "$document"; fi
    if diff "$document" "$tmp/document"; then
      passed=$((passed + $(grep -c '^\$ roisim' "$document")))
    else
      failed=$((failed + 1))
      echo "FAIL $document: the transcripts print something else"
    fi
    continue
  fi
  for session in $(mkdir -p "$tmp/sessions" && sessions "$document" "$tmp/sessions" && ls "$tmp/sessions"); do
    if play "$tmp/sessions/$session"; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
      echo "FAIL $document:$session: the script does not print what is shown"
    fi
  done
  rm -rf "$tmp/sessions"
  folder=$tmp/$(basename "$document" .md)
  mkdir -p "$folder"
  extract "$document" "$folder" || failed=$((failed + 1))
  for block in "$folder"/*.lua; do
    [ -e "$block" ] || continue
    expected=0
    case $block in *.error.lua) expected=1 ;; esac
    "$roisim" "$block" --trials 1000 >"$tmp/log" 2>&1
    status=$?
    line=$(basename "$block" | cut -d. -f1)
    if [ $status -eq $expected ]; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
      echo "FAIL $document:$line: status $status, expected $expected"
      sed 's/^/  /' "$tmp/log" | tail -n 10
    fi
  done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
