# Trials in ranges, and what they come to together: the same report.
$ for r in 1:5000 5001:20k 20001:30001; do roisim support_desk.lua --trials 30001 --prob 'payback <= 12' --trials-range $r --state part.$r; done
part.1:5000: trials 1 to 5,000 of 30,001
part.5001:20k: trials 5,001 to 20,000 of 30,001
part.20001:30001: trials 20,001 to 30,001 of 30,001
$ roisim support_desk.lua --trials 30001 --prob 'payback <= 12' >whole.txt; roisim merge part.* >merged.txt; cmp whole.txt merged.txt
$ roisim support_desk.lua --trials 30001 --prob 'payback <= 12' --quiet --json - | sed '/"timing":/,/}/d' >whole.json
$ roisim merge part.20001:30001 part.1:5000 part.5001:20k --max-memory 1M --threads 3 --quiet --json - | sed '/"timing":/,/}/d' | cmp - whole.json
# Points of a design, and ranges that share a trial.
$ for r in 0:500 500:9000; do roisim support_desk.lua --trials 9000 --sampling sobol --trials-range $r --state sobol.$r; done
sobol.0:500: trials 1 to 500 of 9,000
sobol.500:9000: trials 500 to 9,000 of 9,000
$ roisim support_desk.lua --trials 9000 --sampling sobol >whole.txt; roisim merge sobol.* | cmp - whole.txt
# Without --trials there are as many as the ranges hold.
$ for r in 1:7000 7001:10000; do roisim support_desk.lua --trials-range $r --state open.$r; done; roisim support_desk.lua >whole.txt; roisim merge open.* | cmp - whole.txt
open.1:7000: trials 1 to 7,000
open.7001:10000: trials 7,001 to 10,000
# More files than a shell lets a command have open.
$ for i in 0 1 2 3 4 5 6 7 8 9; do cp open.1:7000 copy.$i; done; (ulimit -S -n 10; roisim merge copy.* open.*) | cmp - whole.txt
# What can't be.
$ roisim merge open.1:7000 open.7001:10000 --json open.1:7000
roisim: --json open.1:7000: that is a file to be merged; name another file
[2]
$ roisim merge part.1:5000 part.20001:30001
roisim: trials 5,001 to 20,000 are in none of the files: run roisim support_desk.lua --trials 30001 --prob 'payback <= 12' --trials-range 5001:20000 --state FILE
[2]
$ roisim merge open.7001:10000
roisim: trials 1 to 7,000 are in none of the files: run roisim support_desk.lua --trials-range 1:7000 --state FILE
[2]
$ roisim merge part.1:5000 open.7001:10000
roisim: open.7001:10000 is of another run: --trials 30001 was given in part.1:5000, and not there; merge ranges of one run
[2]
$ roisim support_desk.lua --trials-range 1:7000 --seed 2 --state other; roisim merge other open.7001:10000
other: trials 1 to 7,000
roisim: open.7001:10000 is of another run: --seed was 1 there, in other it is 2; merge ranges of one run
[2]
$ roisim merge
roisim: no file was named; usage: roisim merge FILE..., files of roisim run --trials-range A:B --state FILE
[2]
$ roisim merge none
roisim: cannot read none: No such file or directory
[1]
$ roisim merge whole.txt
roisim: whole.txt is no file of progress or of trials: it is left as it is; name another
[1]
$ head -c 5000 other >cut; roisim merge cut
roisim: cut is damaged: it is not what was written. It is left as it is; remove it and compute its range again
[1]
$ cp open.1:7000 damaged; printf x | dd of=damaged bs=1 seek=200000 conv=notrunc status=none; roisim merge damaged open.7001:10000
roisim: damaged is damaged: it is not what was written. It is left as it is; remove it and compute its range again
[1]
$ roisim support_desk.lua --trials-range 1:7000 --state damaged; roisim merge damaged open.7001:10000 | cmp - whole.txt
damaged: trials 1 to 7,000
# A model that is called as an option is none.
$ mkdir odd; cd odd; cp ../support_desk.lua ./--seed; for r in 1:400 401:1000; do roisim --trials-range $r --state $r -- --seed; done; roisim --trials 1k -- --seed >whole.txt; roisim merge *:* | cmp - whole.txt
1:400: trials 1 to 400
401:1000: trials 401 to 1,000
$ cd odd; sed 's/2/3/' ../support_desk.lua >--seed; rm 401:1000; roisim --trials-range 401:1000 --state 401:1000 -- --seed; roisim merge *:* 2>&1 | sed 's/sha256.*//'
401:1000: trials 401 to 1,000
roisim: 401:1000 is of another model: --seed has changed (
$ roisim merge open.1:7000 --trials 5
roisim: --trials does not belong to roisim merge
[2]
$ roisim support_desk.lua --trials-range 1:100
roisim: --trials-range needs a file for what it computes: --state FILE
[2]
$ roisim support_desk.lua --state x
roisim: --state needs the trials that it is to hold: --trials-range A:B
[2]
$ roisim support_desk.lua --trials-range 7:6 --state x
roisim: --trials-range '7:6': the first trial comes after the last
[2]
$ roisim support_desk.lua --trials-range 7 --state x
roisim: --trials-range '7': two trials from 1 to 562949953421312 (2^49) are needed, such as 1:5000 or 5001:10k
[2]
$ roisim support_desk.lua --trials-range 1:20k --trials 10k --state x
roisim: --trials-range ends with trial 20000, and there are 10000 (--trials)
[2]
$ roisim support_desk.lua --trials-range 1:20k --sampling lhs --state x
roisim: --trials-range with --sampling lhs needs --trials: points depend on how many there are in all
[2]
$ roisim support_desk.lua --trials-range 1:20k --json - --state x
roisim: --trials-range and --json don't go together: a range has no result of its own, roisim merge reports on all of them
[2]
$ roisim support_desk.lua --trials-range 1:20k --state none/x
roisim: cannot write none/x: No such file or directory: make its folder first
[1]
$ roisim support_desk.lua --trials-range 1:20k --state support_desk.lua; head -n 1 support_desk.lua
roisim: --state support_desk.lua: that is the model itself; name another file
-- Reference model: an AI agent at a support desk over 36 months, with an adoption curve, token prices that fall and a rare incident.
$ roisim support_desk.lua --trials-range 1:50 --state part.1:5000
roisim: part.1:5000 is of another run: --trials 30001 was given there, and not in this run; name another --state, or remove it
[2]
$ roisim support_desk.lua --trials-range 1:50 --state whole.txt
roisim: whole.txt is no file of progress or of trials: it is left as it is; name another
[1]
$ roisim support_desk.lua --trials-range 1:7000 --seed 3 --state open.1:7000
roisim: open.1:7000 is of another run: --seed was 1 there, in this run it is 3; name another --state, or remove it
[2]
$ roisim hello.lua --trials-range 1:7000 --state open.1:7000
roisim: open.1:7000 is of another model: it was made with support_desk.lua, this run with hello.lua, and files must keep their names; name another --state, or remove it
[2]
$ roisim support_desk.lua --trials-range 1:7000 --seed 2 --state cut; cmp cut other
cut: trials 1 to 7,000
$ roisim support_desk.lua --trials-range 1:7000 --state -
roisim: --state needs a file that can be read again, not standard output; for a file of that name write ./-
[2]
$ roisim support_desk.lua --trials-range 1:7000 --state /dev/null
roisim: /dev/null is a pipe or a device; name a file
[1]
$ roisim support_desk.lua --trials-range 1:5000 --state /dev/stdout >stream; cat stream
roisim: --state needs a file that can be read again, and /dev/stdout is a standard stream or a device; name another
$ roisim support_desk.lua --trials-range 1:5000 --state stream >stream || cat stream
roisim: --state needs a file that can be read again, and stream is a standard stream or a device; name another
$ roisim support_desk.lua --trials-range 1:5000 --state said 2>said; cat said
roisim: --state needs a file that can be read again, and said is a standard stream or a device; name another
$ roisim support_desk.lua --checkpoint stream --json /dev/null >stream || cat stream
roisim: --checkpoint needs a file that can be read again, and stream is a standard stream or a device; name another
$ roisim support_desk.lua --trials 9k --seed 2 --set "tickets=5 * 1000" --trials-range 100:200 --state gap --quiet; roisim merge gap
roisim: trials 1 to 99, 201 to 9,000 are in none of the files: run roisim support_desk.lua --trials 9000 --seed 2 --set 'tickets=5 * 1000' --trials-range 1:99 --state FILE, and so on
[2]
$ timeout --preserve-status -s INT 1 roisim support_desk.lua --trials-range 1:9G --state x
roisim: interrupted: x was not written; a range begins anew when it is run again, so make it smaller if that may happen
[130]
$ roisim support_desk.lua --trials-range 1:9G --state x --time-limit 0.3
roisim: the time limit passed: x was not written; a range begins anew when it is run again, so make it smaller if that may happen
[3]
$ roisim queue.lua --trials-range 1:20k --state x
roisim: --trials-range: the model calls roi.per_trial functions ('minutes saved'), which roisim merge could not call for its report; run it whole, with --checkpoint if that takes long
[2]
$ roisim support_desk.lua --resume
roisim: --resume needs to know the file: --checkpoint FILE
[2]
$ roisim support_desk.lua --checkpoint k --samples s.csv
roisim: --checkpoint and --samples don't go together
[2]
$ roisim support_desk.lua --checkpoint k --until 'npv.mean 1%'
roisim: --checkpoint and --until don't go together
[2]
$ roisim compare choices.lua --checkpoint k
roisim: --checkpoint does not belong to roisim compare
[2]
$ ls -A | grep -e tmp -e '^k$' -e '^x$'
[1]
