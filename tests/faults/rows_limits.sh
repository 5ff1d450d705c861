# Limits of the system: open files, address space, processes and threads, processor time.

# Whatever the limit: the same results, or a status other than 0, one line and no results.
within() { # within STATUS CAUSE... : of a run just done, its output in part.out, its messages in part.err
  s=$1
  shift
  if [ "$s" -eq 0 ]; then cmp part.out "$work/expected" && same_json part.json; return; fi
  [ ! -s part.out ] && [ ! -e part.json ] && [ "$(wc -l <part.err)" -eq 1 ] || return 1
  for c in "$@"; do
    case $(cat part.err) in *"$c"*) return 0 ;; esac
  done
  return 1
}
# each_limit OPTION 'VALUES' CAUSE...: runs under each limit.
each_limit() {
  option=$1 values=$2 ended=
  shift 2
  for v in $values; do
    rm -f part.json
    (ulimit "$option" "$v"; exec "$roisim" hello.lua --trials 9000 --threads 2 --json part.json) >part.out 2>part.err </dev/null
    s=$?
    ended="$ended $s"
    within $s "$@" || { echo "ulimit $option $v: status $s: $(cat part.err)"; return 1; }
  done
  case $ended in *' 0'*) ;; *) echo "no run went through"; return 1 ;; esac
  case $ended in *' 1'* | *' 3'*) ;; *) echo "no limit was reached"; return 1 ;; esac
}

row 'every limit of open files' 0 '' none : \
  each_limit -n '3 4 5 6 7 8 9 10 12 16' 'Too many open files' 'error while loading shared libraries'
if [ -z "$sanitized" ]; then
  row 'every limit of address space' 0 '' none : \
    each_limit -v "$(seq -s ' ' 8000 6000 260000)" 'memory' 'error while loading shared libraries'
else
  skip 'limits of address space: sanitizers map terabytes'
fi
if [ -n "$as_user" ] && [ "$as_user" != env ] && command -v bash >/dev/null; then
  row 'no process may be started' 1 "can't start the script's process: Resource temporarily unavailable" none \
    '$as_user bash -c "ulimit -u 1; exec \"\$roisim\" hello.lua"'
  row 'no thread may be started' 0 '' same '$as_user bash -c "ulimit -u 2; exec \"\$roisim\" hello.lua --trials 9000 --threads 4"'
  row 'workers that may not be started' 1 "can't start the script's process: Resource temporarily unavailable" none \
    '$as_user bash -c "ulimit -u 2; exec \"\$roisim\" queue.lua --trials 500 --threads 4"'
else
  skip 'limits of processes: root has none, and setpriv or bash is missing'
fi
row 'processor time' 152 '' partial \
  'ulimit -S -t ${sanitized:+2}1; "$roisim" support_desk.lua --trials 1e9 --max-memory 64G --json part.json' \
  is_partial_json part.json
