# Processes that run scripts: killed, hung, out of memory; and the command itself, killed.
if [ -r /proc/$$/task/$$/children ]; then
  has_children=1
else
  has_children=
  skip 'children killed and hung: /proc/PID/task/PID/children is missing'
fi
child_row() { [ -z "$has_children" ] || row "$@"; }
endless='start endless.lua --json kept.json --script-time 60; until_true has_children 1'
sluggish='start sluggish.lua --trials 1e6 --threads 2 --json kept.json'
workers="$sluggish --script-time 60; until_true has_children 2"

child_row 'a script killed' 3 "the script's process was killed from outside" none "$endless; kill -KILL \$(children); wait \$pid"
child_row 'a script that crashes' 1 'the script crashed Lua (segmentation fault)' none \
  "$endless; sleep 0.1; kill -SEGV \$(children); wait \$pid"
child_row 'a script that is told to end' 1 "the script" none "$endless; kill -TERM \$(children); wait \$pid"
child_row 'a script that hangs' 3 'script time of 1 s used up; raise it with --script-time' none \
  'start endless.lua --json kept.json --script-time 1; until_true has_children 1; kill -STOP $(children); wait $pid'
row 'a script out of memory' 3 'memory' none '"$roisim" greedy.lua --script-memory 20M --json kept.json'
child_row 'a worker killed' 3 "the script's process was killed from outside" any \
  "$workers; set -- \$(children); kill -KILL \$1; wait \$pid"
child_row 'all workers killed' 3 "the script's process was killed from outside" any "$workers; kill -KILL \$(children); wait \$pid"
child_row 'a worker that hangs' 3 'script time of 1 s used up' any \
  "$sluggish --script-time 1; until_true has_children 2; set -- \$(children); kill -STOP \$1; wait \$pid"
child_row 'the command killed, its children end' 137 - none \
  'start endless.lua --script-time 60; until_true has_children 1; kill -KILL $pid; wait $pid'
