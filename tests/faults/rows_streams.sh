# Standard streams: closed, full, or a pipe whose reader left. A result file must not get the number of a closed stream.
new_is_right() { same_json new.json && cmp new.csv "$work/expected.csv"; }

row 'standard output closed' 1 'standard output: Bad file descriptor' none 'run >&-'
row 'standard output closed, files written' 1 'standard output: Bad file descriptor' none \
  'run --json new.json --samples new.csv >&-' new_is_right
row 'standard output closed, quiet' 0 '' none 'run --quiet --json new.json --samples new.csv >&-' new_is_right
row 'standard error closed' 0 '' same 'run --json new.json --samples new.csv 2>&-' new_is_right
row 'standard input closed' 0 '' same 'run --json new.json --samples new.csv <&-' new_is_right
row 'all three closed' 0 '' none 'run --quiet --json new.json --samples new.csv <&- >&- 2>&-' new_is_right
row 'all three closed, a script that prints and fails' 1 '' none \
  '"$roisim" endless.lua --script-time 0.1 --json kept.json <&- >&- 2>&- || exit 1'
row 'standard output and input closed, a project' 1 'standard output: Bad file descriptor' none \
  '"$roisim" init fresh <&- >&-' "$roisim" fresh/fresh.lua --quiet
row 'standard output full' 1 'standard output: No space left on device' none 'run >/dev/full'
row 'standard output full, JSON' 1 'standard output: No space left on device' none 'run --json - >/dev/full'
row 'standard error full' 0 '' same 'run 2>/dev/full'
row 'standard error full, a warning and an error' 1 '' none '"$roisim" endless.lua --script-time 0.1 2>/dev/full || exit 1'
row 'a pipe without a reader' 1 'standard output: Broken pipe' none 'broken_pipe; run >&4'
row 'a pipe without a reader, JSON' 1 'standard output: Broken pipe' none 'broken_pipe; run --json - >&4'
row 'a pipe without a reader, files written' 1 'standard output: Broken pipe' none \
  'broken_pipe; run --json new.json --samples new.csv >&4' new_is_right
row 'a pipe without a reader, for messages' 0 '' same 'broken_pipe; run 2>&4'
row 'a pipe without a reader, samples' 1 '/dev/stdout: Broken pipe' none \
  'broken_pipe; run --json kept.json --samples /dev/stdout >&4'
