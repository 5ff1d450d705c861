# Scripts, libraries and data that change while the command runs: what was read counts, and half of it is not taken for the whole.
begin
"$roisim" measured.lua --trials 500 >"$work/measured" || exit 2
"$roisim" sluggish.lua --trials 500 >"$work/sluggish" || exit 2
as_measured() { cmp "$work/out" "$work/measured"; }
as_sluggish() { cmp "$work/out" "$work/sluggish"; }
if [ -n "$failing" ]; then
  # The parent's reads: the script and its end, the library and its end, the data.
  measured='measured.lua --trials 500'
  row 'data cut while they are read' 1 "'adoption.csv' changed while it was read; try again" none \
    "stopped read 5 $measured; : >adoption.csv; go_on"
  row 'data that grow while they are read' 1 "'adoption.csv' changed while it was read; try again" none \
    "stopped read 5 $measured; echo 11,0.5,f >>adoption.csv; go_on"
  row 'a library replaced while it is read' 0 '' any "stopped read 3 $measured; echo x >new; mv new prices.lua; go_on" as_measured
  row 'a script cut while it is read' 1 "measured.lua' changed while it was read; try again" none \
    "stopped read 1 $measured; : >measured.lua; go_on"
  row 'all files gone after they were read' 0 '' any \
    "stopped pthread_create 1 $measured; rm measured.lua prices.lua adoption.csv; go_on" as_measured
  row 'the script of workers emptied before they start' 0 '' any \
    'stopped fork 2 sluggish.lua --trials 500 --threads 2; : >sluggish.lua; go_on' as_sluggish
  row 'the script of workers replaced before they start' 0 '' any \
    'stopped fork 2 sluggish.lua --trials 500 --threads 2; cp endless.lua new; mv new sluggish.lua; go_on' as_sluggish
  row 'the folder of the results removed' 1 'cannot write folder/new.json: No such file or directory' same \
    'mkdir folder; stopped rename 1 hello.lua --trials 9000 --threads 2 --json folder/new.json; rm -r folder; go_on'
else
  skip 'files that change while they are read: no calls are tampered with under a sanitizer'
fi
