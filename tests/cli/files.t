# JSON: alone on standard output, the same whatever the threads and the kernels but for its timing.
$ roisim hello.lua --json - --trials 2000 --threads 1 | sed '/"timing"/,$d' > 1.json; grep -c roisim.run/1 1.json
1
$ roisim hello.lua --json - --trials 2000 --threads 3 | sed '/"timing"/,$d' | cmp - 1.json
$ ROISIM_ISA=baseline roisim hello.lua --json - --trials 2000 | sed '/"timing"/,$d' | cmp - 1.json
$ roisim hello.lua --json out.json --trials 2000 --quiet; sed '/"timing"/,$d' out.json | cmp - 1.json
# Samples: a header, then a line a trial; never and states by name.
$ roisim states.lua --trials 6 --samples s.csv --quiet --outputs roi,irr,payback && cat s.csv
trial,roi,irr,payback,buys,gain
1,-0.3144201601785907,no_irr,never,1,85.04454679689387
2,0.023013224966174597,several_irr,1,1,126.90235481128023
3,no_cost,no_irr,self_funded,0,113.09028893409815
4,-0.061691068120379874,several_irr,1,1,116.39498893078145
5,no_cost,no_irr,self_funded,0,146.30242005426794
6,-0.2645358017287218,several_irr,never,1,91.23258269031808
$ roisim plain.lua --trials 2 --samples /dev/stdout --quiet
trial,total,late,"odd name, with comma",five,a,b
1,0.5778544718385172,0,198038252807.59512,5,0.19803825280759513,0.3798162190309221
2,1.5079019210073887,0,533183302012.3199,5,0.5331833020123199,0.9747186189950688
# A file that can't be written is found before simulating; the message says which.
$ roisim hello.lua --json no/such/out.json
roisim: cannot write no/such/out.json: No such file or directory: make its folder first
[1]
$ mkdir folder; roisim hello.lua --json folder
roisim: cannot write folder: it is a folder; name a file in it
[1]
$ roisim hello.lua --samples same --json same
roisim: --json and --samples name the same file, same
[2]
$ roisim hello.lua --json ''
roisim: --json '': it may not be empty
[2]
# A full disk and a closed standard output are errors; a file that was there stays whole.
$ roisim hello.lua --trials 100 > /dev/full
roisim: standard output: No space left on device: not all output could be written
[1]
$ roisim hello.lua --trials 100 --json - > /dev/full
roisim: standard output: No space left on device: not all output could be written
[1]
$ roisim hello.lua --trials 100 >&-
roisim: standard output: Bad file descriptor: not all output could be written
[1]
$ roisim --version > /dev/full
roisim: standard output: No space left on device: not all output could be written
[1]
$ roisim hello.lua --trials 100 --json /dev/full --quiet
roisim: /dev/full: No space left on device: not all output could be written
[1]
$ roisim hello.lua --trials 100 --samples /dev/full --quiet
roisim: /dev/full: No space left on device: not all output could be written
[1]
$ echo before > kept.json; (ulimit -f 1; roisim hello.lua --trials 100 --json kept.json --quiet); cat kept.json
roisim: kept.json: File too large: not all output could be written
before
$ echo before > kept.csv; roisim infinite.lua --trials 1000 --samples kept.csv --quiet > /dev/null 2>&1; cat kept.csv
before
$ ls -A | grep -c tmp
0
[1]
# A signal or the time limit: partial results, marked; samples are not kept; no temporary file stays.
$ env --default-signal=INT timeout --preserve-status -s INT 1.5 roisim support_desk.lua --trials 1e9 --max-memory 64G --samples big.csv > out 2> err; echo $?; sed 's/[0-9][0-9,]* of/N of/' out | head -n 1; cat err; ls -A | grep -c big
130
partial: N of 1,000,000,000 trials (interrupted)
roisim: big.csv was not written: the run is partial
0
[1]
$ timeout --preserve-status -s TERM 1.5 roisim support_desk.lua --trials 1e9 --json part.json --quiet 2> err; echo $?; sed 's/[0-9][0-9,]* of/N of/' err; grep -c '"complete":	false' part.json
143
roisim: partial: N of 1,000,000,000 trials (interrupted)
1
$ roisim support_desk.lua --trials 1e9 --time-limit 1.5 > out; echo $?; sed 's/[0-9][0-9,]* of/N of/' out | sed -n '1p;$p'
3
partial: N of 1,000,000,000 trials (time limit)
N of 1,000,000,000 trials  seed 1  mc  model 9a3a7ae5  roisim 0.1.0
# The same where the script computes in each trial.
$ roisim queue.lua --trials 1e7 --time-limit 3 > out; echo $?; sed 's/[0-9][0-9,]* of/N of/' out | sed -n '1p;$p' | sed 's/model.*/model M/'
3
partial: N of 10,000,000 trials (time limit)
N of 10,000,000 trials  seed 1  mc  model M
# One trial tells nothing of the others.
$ roisim states.lua --trials 1 | head -n 3; roisim hello.lua --trials 1 | sed -n 2p
ROI      -31.4% in every trial
Loss     in every trial: 37.15 EUR on average
Payback  never within 3 years, in every trial
Loss     none in 1 trial
# The model is not written over, and two names of one new file are seen to be one.
$ cp hello.lua own.lua; ln -s own.lua link.lua; roisim own.lua --json link.lua; cmp own.lua hello.lua
roisim: --json link.lua: that is the model itself; name another file
$ roisim own.lua --samples ./own.lua
roisim: --samples ./own.lua: that is the model itself; name another file
[2]
# Nor is another file that it reads, whatever comes of the run.
$ mkdir lib; cp prices.lua lib; printf 'month,share\n0,0\n12,1\n' >share.csv; printf '%s\n' 'local roi = require "roisim"' 'local m = roi.model { name = "m", horizon = 12, period = "month", discount_rate = 0.1, currency = "EUR" }' 'm:benefit("b", require("prices").fee(3) * roi.curve.csv(m.time, { file = "share.csv", column = "share", time = "month" }))' 'return m' >reader.lua; rm prices.lua
$ ln -s share.csv link.csv; cp share.csv before.csv; roisim reader.lua --lib lib --json link.csv; cmp share.csv before.csv
roisim: --json link.csv: the model reads that file; name another file
$ roisim reader.lua --lib lib --samples lib/prices.lua
roisim: --samples lib/prices.lua: the model reads that file; name another file
[2]
$ roisim reader.lua --lib lib --checkpoint reader.lua
roisim: reader.lua is no file of progress or of trials: it is left as it is; name another
[1]
$ roisim reader.lua --lib lib --trials-range 1:100 --state share.csv
roisim: --state share.csv: the model reads that file; name another file
[2]
$ roisim sensitivity reader.lua --lib lib --json share.csv
roisim: --json share.csv: the model reads that file; name another file
[2]
$ printf '%s\n' 'return { name = "prices", version = "2", modules = { "prices" } }' >lib/library.lua; cp lib/library.lua before.lua; roisim reader.lua --lib lib --quiet --json lib/library.lua; roisim reader.lua --lib lib --quiet --samples lib/library.lua; cmp lib/library.lua before.lua
roisim: --json lib/library.lua: the model reads that file; name another file
roisim: --samples lib/library.lua: the model reads that file; name another file
$ printf '%s\n' 'return { name = "none", version = "2", modules = { "other" } }' >lib/library.lua; sed '1i pcall(require, "none")' hello.lua >gone.lua; roisim gone.lua --lib lib --quiet --json lib/library.lua; rm lib/library.lua
roisim: --json lib/library.lua: the model reads that file; name another file
$ echo 'error("no")' >>lib/prices.lua; roisim check reader.lua --lib lib --json lib/prices.lua
roisim: --json lib/prices.lua: the model reads that file; name another file
[2]
$ roisim hello.lua --samples new.csv --json ./new.csv
roisim: --json and --samples name the same file, ./new.csv
[2]
# A pipe that nobody reads: the time limit and signals end the wait.
$ mkfifo pipe; roisim hello.lua --samples pipe --time-limit 0.2
roisim: the time limit passed before there was any result; raise it with --time-limit
[3]
$ timeout --preserve-status 0.2 roisim hello.lua --samples pipe
roisim: interrupted while waiting for a reader of pipe
[143]
# Draws that are no inputs follow the inputs.
$ roisim support_desk.lua --trials 1 --samples draws.csv --quiet; head -n 1 draws.csv
trial,npv,roi,payback,tickets,growth,aht,wage,deflect,k,mid,quality,tokens,price,decay,setup,run,incident.occurs,incident.loss
# Every column of the samples has a name of its own.
$ sed 's/outputs.z/outputs.trial/; s/inputs.y/inputs.trial/' unused.lua > trial.lua; roisim trial.lua --trials 1 --samples /dev/stdout --quiet 2>/dev/null | head -n 1
trial,trial (output),x,trial (input)
# A histogram's edges hold all that its bins count.
$ roisim support_desk.lua --quiet --outputs npv --trials 5000 --json range.json; tr -d '\n\t' < range.json | sed 's/"inputs":.*//; s/.*"min":\([^,]*\),"max":\([^,]*\),.*"edges":\[\([^],]*\),[^]]*,\([^],]*\)\].*/\1 \2 \3 \4/' | awk '{ print ($3 <= $1 && $4 >= $2) }'
1
# What --set said is kept with the result, once.
$ roisim support_desk.lua --quiet --trials 10 --set incident.occurs=1 --set run=1 --json set.json; tr -d '\n\t ' < set.json | grep -o '"set":[^]]*]'
"set":["run=1","incident.occurs=1"]
