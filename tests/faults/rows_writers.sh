# Several commands that write one file, and what killed ones leave.
begin
"$roisim" hello.lua --trials 100 --seed 2 --json "$work/second.json" --quiet || exit 2
one_of_two() { same_json kept.json || same_json kept.json "$work/second.json"; }

row 'two commands at once' 0 '' none 'for i in 1 2 3 4 5 6 7 8; do
    run --quiet --json kept.json & a=$!
    "$roisim" hello.lua --trials 100 --seed 2 --quiet --json kept.json & wait $a && wait $! || exit 1
  done' one_of_two
row 'progress that somebody else removes' 130 'there/k, where progress was kept, is not there any more: the run would begin anew' partial \
  'mkdir there; start support_desk.lua --trials 1e9 --max-memory 64M --checkpoint there/k --checkpoint-every 0.05
   until_true test -s there/k; until rm -rf there; do :; done; kill -INT $pid; wait $pid' grep 'progress is not kept any more' "$work/err"
# A process that is killed is followed by one of the same number: exec keeps it.
row 'a stale file of the same name' 0 '' none \
  'sh -c "echo stale >.roisim.\$\$-0.tmp; exec \"\$roisim\" hello.lua --trials 9000 --quiet --json new.json"
   set -- .roisim.*; [ $# = 1 ] && [ "$(cat "$1")" = stale ] && rm "$1"' same_json new.json
row 'only stale files' 1 'its folder is full of files .roisim.*.tmp, which killed runs leave; remove them' any \
  'sh -c "for i in \$(seq 0 99); do echo stale >.roisim.\$\$-\$i.tmp; done; exec \"\$roisim\" hello.lua --json new.json"; s=$?
   [ "$(cat .roisim.* | sort -u)" = stale ] && rm .roisim.*; exit $s' absent new.json
if [ -n "$failing" ]; then
  row 'the other command in between' 0 '' none 'stopped rename 1 hello.lua --trials 9000 --quiet --json kept.json
    "$roisim" hello.lua --trials 100 --seed 2 --quiet --json kept.json; go_on' same_json kept.json
  row 'another range in between' 2 '--state part: trials 1 to 500 are there; name another file, or remove it' none \
    'stopped write 1 hello.lua --trials-range 1:9000 --state part
    "$roisim" hello.lua --trials-range 1:500 --state part --quiet && cp part was; go_on' cmp part was
  row 'another file in between' 1 'part is no file of progress or of trials: it is left as it is; name another' none \
    'stopped write 1 hello.lua --trials-range 1:9000 --state part; echo mine >part; go_on' holds part mine
  row 'the same range in between' 0 '' any 'stopped write 1 hello.lua --trials-range 1:9000 --state part --quiet
    "$roisim" hello.lua --trials-range 1:9000 --state part --quiet && cp part was; go_on' cmp part was
  row 'killed while it writes' 0 - none 'stopped fsync 1 hello.lua --quiet --json kept.json; kill -KILL $pid; wait $pid
    [ "$(cat kept.json)" = "{ \"of\": \"before\" }" ] && run --quiet --json kept.json' same_json kept.json
  row 'killed while it writes a file that needs a name' 0 - none 'export FAULT_NAMED=1
    stopped fsync 1 hello.lua --quiet --json kept.json; kill -KILL $pid; wait $pid
    [ "$(cat kept.json)" = "{ \"of\": \"before\" }" ] && set -- .roisim.* && cp "$1" was && run --quiet --json kept.json &&
    cmp "$1" was && rm "$1"' same_json kept.json
else
  skip 'a command between two steps of another: no calls are tampered with under a sanitizer'
fi
