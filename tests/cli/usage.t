# Wrong use: one line that names the thing, the value, the rule and the way out; status 2.
$ roisim
roisim: no model was named; usage: roisim MODEL.lua [OPTION]..., see roisim --help
[2]
$ roisim nosuch.lua
roisim: can't open 'nosuch.lua': No such file or directory
[1]
$ roisim --trails 5 hello.lua
roisim: unknown option --trails; did you mean --trials?
[2]
$ roisim explian hello.lua
roisim: unknown command 'explian'; did you mean explain?
[2]
$ roisim hello.lua support_desk.lua
roisim: two models were named, 'hello.lua' and 'support_desk.lua'; run one at a time
[2]
$ roisim hello.lua --trials
roisim: --trials needs a value: --trials N
[2]
$ roisim hello.lua --trials 10q
roisim: --trials '10q': a whole number from 1 to 562949953421312 (2^49) is needed, such as 5000, 10k, 1e6 or 2M
[2]
$ roisim hello.lua --trials 0
roisim: --trials '0': a whole number from 1 to 562949953421312 (2^49) is needed, such as 5000, 10k, 1e6 or 2M
[2]
$ roisim hello.lua --trials=1e30
roisim: --trials '1e30': a whole number from 1 to 562949953421312 (2^49) is needed, such as 5000, 10k, 1e6 or 2M
[2]
$ roisim hello.lua --seed -1
roisim: --seed '-1': a whole number from 0 to 18446744073709551615 is needed
[2]
$ roisim hello.lua --threads 0
roisim: --threads '0': a whole number from 1 to 1024 is needed
[2]
$ roisim hello.lua --max-memory 1x
roisim: --max-memory '1x': a size in bytes, below 2^64, is needed, such as 512M or 2G
[2]
$ roisim hello.lua --time-limit soon
roisim: --time-limit 'soon': a number of seconds above 0, at most 1e8, is needed, such as 0.5 or 60
[2]
$ roisim hello.lua --quiet=1
roisim: --quiet takes no value; '1' was given
[2]
$ roisim hello.lua --trial 1
roisim: --trial belongs to roisim explain
[2]
$ roisim explain hello.lua --trials 10
roisim: --trials does not belong to roisim explain without --trial
[2]
$ roisim explain hello.lua --trial 0
roisim: --trial '0': a whole number from 1 to 562949953421312 (2^49) is needed, such as 5000, 10k, 1e6 or 2M
[2]
# Names of the model: suggestions.
$ roisim hello.lua --outputs rio
roisim: the model has no output 'rio'; did you mean 'roi'?
[2]
$ roisim hello.lua --outputs npv,,roi
roisim: --outputs: a name is empty; write --outputs npv,roi
[2]
$ roisim hello.lua --outputs saved
roisim: 'saved' is an input, not an output; --json and --samples report inputs
[2]
$ roisim hello.lua --set saved
roisim: --set 'saved': write NAME=EXPR, as in --set price=4e-6
[2]
$ roisim hello.lua --set svaed=3
roisim: hello.lua: --set svaed=3: the script has no input or parameter 'svaed'; did you mean 'saved'?
[1]
$ roisim hello.lua --prob 'npv <'
roisim: --prob 'npv <': column 6: a number or a name is missing at the end
[2]
$ roisim hello.lua --prob 'npv + 1'
roisim: --prob 'npv + 1': column 1: this is a number, not a condition: compare it, as in 'npv < 0'
[2]
$ roisim hello.lua --prob 'paybck <= 6'
roisim: --prob 'paybck <= 6': column 1: no output or input is called 'paybck'; did you mean 'payback'?
[2]
$ roisim hello.lua --lib nosuch
roisim: --lib 'nosuch': there is no such folder
[2]
$ ROISIM_ISA=avx7 roisim hello.lua
roisim: instruction set 'avx7' is not one of baseline, avx2, avx512, or not built here
[2]
# The model is wrong: its line; status 1.
$ roisim broken.lua
roisim: broken.lua:3: triangular(min, mode, max): mode 20 is above max 13
[1]
$ roisim infinite.lua --trials 100
roisim: infinite.lua:4: trial 2: y is not a number; it arose here: log(-0.21215039548801173); inputs: x = -0.21215039548801173
[1]
# An option in the place of a value, and numbers that are too large.
$ roisim hello.lua --json --quiet
roisim: --json needs a value: --json FILE|-
[2]
$ roisim hello.lua --trials 1e15
roisim: --trials '1e15': there are at most 562949953421312 (2^49) trials
[2]
# Marks between thousands; settings that the shell took apart; the ending forgotten; help as a command.
$ roisim hello.lua --trials 10.000
roisim: --trials '10.000': write 10000 or 10k, without marks between thousands
[2]
$ roisim hello.lua --trials 1,250,500
roisim: --trials '1,250,500': write 1250500, without marks between thousands
[2]
$ roisim hello.lua --trials 1.5
roisim: --trials '1.5': a whole number from 1 to 562949953421312 (2^49) is needed, such as 5000, 10k, 1e6 or 2M
[2]
$ roisim hello.lua --set saved= 3
roisim: --set 'saved=': NAME=EXPR is one word without blanks around =; where EXPR holds blanks quote it all, as in --set 'price=4e-6 * 2'
[2]
$ roisim hello.lua --set saved =3
roisim: --set 'saved': NAME=EXPR is one word without blanks around =; where EXPR holds blanks quote it all, as in --set 'price=4e-6 * 2'
[2]
$ roisim hello.lua --set 'saved = 3'
roisim: --set 'saved = 3': NAME=EXPR is one word without blanks around =; where EXPR holds blanks quote it all, as in --set 'price=4e-6 * 2'
[2]
$ roisim hello
roisim: there is no file 'hello'; did you mean hello.lua?
[1]
$ roisim help | head -n 1
usage: roisim [run] MODEL.lua [OPTION]...         simulate a model and report
# Conditions as other languages write them; names that need brackets.
$ roisim hello.lua --prob 'npv => 3'
roisim: --prob 'npv => 3': column 5: 'at least' is written >=
[2]
$ roisim hello.lua --prob 'npv > 1,000'
roisim: --prob 'npv > 1,000': column 7: decimals have a point, 0.5, and thousands no mark: 1000, not 1,000
[2]
$ roisim hello.lua --prob 'npv > 3 && roi > 0'
roisim: --prob 'npv > 3 && roi > 0': column 9: conditions are joined by the word 'and'
[2]
$ roisim hello.lua --prob 'npv > 3 || roi > 0'
roisim: --prob 'npv > 3 || roi > 0': column 9: conditions are joined by the word 'or'
[2]
$ roisim plain.lua --prob 'odd name, with comma > 3'
roisim: --prob 'odd name, with comma > 3': column 1: a name with blanks or other characters is written in brackets: ["odd name, with comma"]
[2]
$ roisim support_desk.lua --prob 'not incident'
roisim: --prob 'not incident': column 5: no output or input is called 'incident'; did you mean 'incident.occurs'?
[2]
$ roisim plain.lua --prob 'not odd'
roisim: --prob 'not odd': column 5: a name with blanks or other characters is written in brackets: ["odd name, with comma"]
[2]
$ roisim hello.lua --json - --samples /dev/stdout
roisim: --json and --samples would both go to standard output; name a file for one of them
[2]
# What the shell cut for want of quotes; settings in one; the command at the end; a slip in the file's name.
$ roisim hello.lua --until roi.mean 0.5%
roisim: --until 'roi.mean': '0.5%' after it looks like more of the same value: quote the whole, --until 'roi.mean 0.5%'
[2]
$ roisim --until=roi.mean 0.5% hello.lua
roisim: --until 'roi.mean': '0.5%' after it looks like more of the same value: quote the whole, --until 'roi.mean 0.5%'
[2]
$ roisim hello.lua --prob npv '<' 0 --quiet
roisim: --prob 'npv': '<' after it looks like more of the same value: quote the whole, --prob 'npv < 0'
[2]
$ roisim sensitivity --group both=setup, saved hello.lua
roisim: --group 'both=setup,': 'saved' after it looks like more of the same value: quote the whole, --group 'both=setup, saved'
[2]
$ roisim hello.lua --trials 10 000
roisim: --trials '10 000': write 10000 or 10k, without marks between thousands
[2]
$ roisim hello.lua --set saved=3 setup=4
roisim: --set takes one value: repeat it, as in --set 'saved=3' --set 'setup=4'
[2]
$ roisim hello.lua --json a.json 5
roisim: two models were named, 'hello.lua' and '5'; run one at a time
[2]
$ touch 5; roisim hello.lua --seed 3 --prob 'npv < 0' 5
roisim: two models were named, 'hello.lua' and '5'; run one at a time
[2]
$ roisim hello.lua sensitivity
roisim: the command comes first: roisim sensitivity hello.lua
[2]
$ roisim helo.lua
roisim: there is no file 'helo.lua'; did you mean hello.lua?
[1]
$ roisim ./helo
roisim: there is no file './helo'; did you mean ./hello.lua?
[1]
$ roisim nosuch/hello.lua
roisim: can't open 'nosuch/hello.lua': No such file or directory
[1]
# The help fits the terminal.
$ roisim --help | awk 'length > 80'
# What stands in texts and comments is no percentage.
$ printf 'local note = "35%%, or so" -- 35%%\nlocal b = = 3\n' >slip.lua; roisim slip.lua
roisim: slip.lua:2: unexpected symbol near '='
[1]
# Decimal commas and signs of word processors in conditions.
$ roisim hello.lua --prob 'npv > 0,5'
roisim: --prob 'npv > 0,5': column 7: decimals have a point, 0.5, and thousands no mark: 1000, not 1,000
[2]
$ roisim hello.lua --prob 'payback ≤ 3'
roisim: --prob 'payback ≤ 3': column 9: 'at most' is written <=
[2]
