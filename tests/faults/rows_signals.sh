# Signals: once ends after the block with partial results, twice at once.
begun='start support_desk.lua --trials 1e9 --max-memory 64G --json part.json --samples kept.csv; until_true has_samples'
sleep 60 & # whether the system tells what a process waits for
until [ "$(cat /proc/$!/comm)" = sleep ]; do :; done
case $(cat /proc/$!/wchan 2>/dev/null) in '' | 0) has_waits= ;; *) has_waits=1 ;; esac
kill $!
[ -n "$has_waits" ] || skip 'signals sent twice, readers that leave: /proc/PID/wchan does not tell'
blocked='full_pipe; start hello.lua --trials 9000 --threads 1 --samples /dev/fd/4 --json kept.json 3<&-; until_true is_writing_to_pipe'

for s in INT.130 TERM.143 HUP.129; do
  row "SIG${s%.*}" "${s#*.}" 'kept.csv was not written: the run is partial' partial \
    "$begun; kill -${s%.*} \$pid; wait \$pid" is_partial_json part.json
  [ -z "$has_waits" ] || row "SIG${s%.*} twice" "${s#*.}" 'roisim: stopped at once' none \
    "$blocked; kill -${s%.*} \$pid; sleep 0.5; kill -${s%.*} \$pid; wait \$pid"
done
row 'SIGQUIT' 131 'roisim: stopped at once' none "$begun; kill -QUIT \$pid; wait \$pid" absent part.json
row 'SIGHUP where it is ignored' 143 'kept.csv was not written' partial \
  "trap '' HUP; \"\$roisim\" support_desk.lua --trials 1e9 --max-memory 64G --samples kept.csv & pid=\$!; until_true has_samples
   kill -HUP \$pid; sleep 0.5; kill -TERM \$pid; wait \$pid"
[ ! -r /proc/$$/task/$$/children ] || row 'SIGTERM while the script runs' 143 'interrupted while the script was running' none \
  'start endless.lua --json kept.json --script-time 60; until_true has_children 1; kill -TERM $pid; wait $pid'
row 'SIGHUP, an analysis' 129 'interrupted' none \
  'start sensitivity support_desk.lua --method sobol --base 1e7 --json kept.json; until_true has_results; kill -HUP $pid; wait $pid'
[ -z "$has_waits" ] || row 'a reader that leaves' 1 '/dev/fd/4: Broken pipe' none "$blocked; exec 3<&- 4>&-; wait \$pid"
if [ -n "$failing" ]; then
  [ -z "$has_waits" ] || row 'SIGINT twice, a file that needs a name' 130 'roisim: stopped at once' none \
    "export FAULT_NAMED=1 LD_PRELOAD=\$failing; $blocked; ls .roisim.* >seen; kill -INT \$pid; sleep 0.5; kill -INT \$pid; wait \$pid" \
    grep roisim seen
  row 'SIGQUIT between the two names of a file' 131 'roisim: stopped at once' none \
    'stopped rename 1 hello.lua --trials 9000 --quiet --json kept.json; ls .roisim.* >seen; kill -QUIT $pid; go_on' grep roisim seen
  row 'SIGQUIT between the two names of samples' 131 'roisim: stopped at once' none \
    'stopped rename 1 hello.lua --trials 9000 --samples kept.csv; ls .roisim.* >seen; kill -QUIT $pid; go_on' grep roisim seen
  row 'SIGQUIT between the two names of progress' 131 'roisim: stopped at once' none \
    'stopped rename 1 hello.lua --trials 9000 --checkpoint k --checkpoint-every 1e-6; ls .roisim.* >seen; kill -QUIT $pid; go_on' \
    grep roisim seen
  row 'SIGTERM while a project is made' 143 'interrupted; nothing was left behind' none \
    'stopped fsync 2 init fresh; kill -TERM $pid; go_on' absent fresh
  row 'SIGQUIT while a project is made' 131 'roisim: stopped at once' none \
    'stopped fsync 2 init fresh; ls -a >seen; kill -QUIT $pid; go_on; is=$?; ls -a | grep fresh && exit 99; exit $is' grep '^.fresh.roisim' seen
else
  skip 'SIGTERM while a project is made: no calls are tampered with under a sanitizer'
fi
