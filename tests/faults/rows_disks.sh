# A disk that fills up while results are written, and one that can't be written to.
shown_and_old() { cmp "$work/out" "$work/expected" && holds kept.json '{ "of": "before" }'; } # the report is not lost with its file

row 'a file at the limit of its size, JSON' 1 'kept.json: File too large' none 'ulimit -f 4; run --json kept.json --quiet'
row 'a file at the limit of its size, samples' 1 'kept.csv: File too large' none 'ulimit -f 4; run --samples kept.csv'
row 'a file at the limit of its size, a project' 1 "nothing was left behind" none 'ulimit -f 1; "$roisim" init fresh' absent fresh
if [ -n "$failing" ]; then
  nobody_removes() { grep cannot said && ! grep -e remove -e damaged said; }
  row 'progress on a disk that can not be read' 0 '' none 'run --checkpoint k --checkpoint-every 1e-6 --json /dev/full >k.txt 2>&1
    refused k hello.lua --trials 9000 --checkpoint k --resume' nobody_removes
  row 'progress that is left, to go on from' 0 '' none 'run --checkpoint k --checkpoint-every 1e-6 --json /dev/full >k.txt 2>&1
    refused k hello.lua --trials 9000 --checkpoint k --resume' grep 'roisim: k is left as it is: go on with --resume' said
  row 'a range on a disk that can not be read' 0 '' none 'run --quiet --trials-range 1:9000 --state part
    refused part hello.lua --trials 9000 --trials-range 1:9000 --state part' nobody_removes
  row 'ranges to be merged that can not be read' 0 '' none 'run --quiet --trials-range 1:9000 --state part && refused part merge part' \
    nobody_removes
  row 'progress that can not be removed' 0 'cannot remove k: Device or resource busy; its run is over' same \
    'env LD_PRELOAD="$failing" FAULT_CALL=unlink FAULT_HOW=lasting FAULT_ERRNO=16 \
     "$roisim" hello.lua --trials 9000 --checkpoint k --checkpoint-every 1e-6' test -s k
else
  skip 'disks that can not be read: no calls are tampered with under a sanitizer'
fi
if [ -n "$has_disk" ]; then
  row 'a full disk, JSON' 1 'kept.json: No space left on device' same \
    'on_disk 16k "$roisim" hello.lua --trials 9000 --json kept.json' shown_and_old
  row 'a full disk, JSON alone' 1 'kept.json: No space left on device' none \
    'on_disk 16k "$roisim" hello.lua --trials 9000 --json kept.json --quiet'
  row 'a full disk, samples' 1 'kept.csv: No space left on device' none \
    'on_disk 128k "$roisim" hello.lua --trials 9000 --samples kept.csv'
  row 'a full disk, samples and JSON' 1 'kept.csv: No space left on device' none \
    'on_disk 128k "$roisim" hello.lua --trials 9000 --samples kept.csv --json kept.json'
  row 'a full disk, a project' 1 'nothing was left behind' none 'on_disk 16k "$roisim" init fresh' absent fresh
  row 'a full disk, an analysis' 1 'kept.json: No space left on device' any \
    'on_disk 12k "$roisim" sensitivity hello.lua --trials 200 --json kept.json'
  row 'a disk without room for another file' 1 'No space left on device' none \
    'on_disk 64k,nr_inodes=4 "$roisim" hello.lua --trials 9000 --samples kept.csv'
  row 'a disk that can only be read' 1 'Read-only file system: it is written beside its place first, so its folder must be writable' none \
    'on_disk 64k sh -c "mount -o remount,ro . && exec \"\$roisim\" hello.lua --json new.json"' absent new.json
  case $(uname -r) in
  [1-4].* | 5.[0-7].*) skip 'a file that is mounted by itself: this kernel does not tell' ;;
  *) row 'a file that is mounted by itself' 1 'cannot write kept.json: it is mounted by itself, and results take the place of the old file' \
    none 'mounted "$roisim" hello.lua --trials 9000 --json kept.json' ;;
  esac
else
  skip 'full disks: this user may not mount one'
fi
