# A model that runs at once, and a library with its test; the test script of the model holds too.
$ roisim init agent
made model agent: agent.lua README.md .luarc.json tests/agent_test.lua
next: roisim agent/agent.lua
$ ls -A agent agent/tests
agent:
.luarc.json
README.md
agent.lua
tests

agent/tests:
agent_test.lua
$ roisim agent/agent.lua --trials 1000 | head -n 3
ROI      17.1% ±2.0% expected; 90% range -60.1% to 139.4%
Loss     45.9% chance; when it happens, 5,200 ±180 USD on average
Payback  month 21 (median); 42.6% never within 24 months
$ roisim test agent | cut -d : -f 1,2
ok    agent/tests/agent_test.lua: licence costs 24 months
ok    agent/tests/agent_test.lua: hours saved are never negative
ok    agent/tests/agent_test.lua: share of tasks
ok    agent/tests/agent_test.lua: a loss is possible
4 passed, 0 failed
$ roisim init --library price-tiers
made library price-tiers: price-tiers.lua README.md .luarc.json library.lua tests/price-tiers_test.lua
next: roisim test price-tiers
$ roisim test price-tiers
ok    price-tiers/tests/price-tiers_test.lua: below the limit all pay in full
ok    price-tiers/tests/price-tiers_test.lua: beyond it each pays less
ok    price-tiers/tests/price-tiers_test.lua: a limit is no negative number
ok    price-tiers/tests/price-tiers_test.lua: with uncertain users: mean 986.8305 (se 1)
ok    price-tiers/tests/price-tiers_test.lua: half of the time beyond: probability 0.4974 (se 0.005)
ok    price-tiers/tests/price-tiers_test.lua: never more than in full: from 800.0258 to 1149.992
6 passed, 0 failed
$ cat price-tiers/library.lua
-- What this library is: plain data, read without being run. Results of models that use it name it, its version and its hash.
return {
  name = "price-tiers",
  version = "0.1.0",
  license = "MIT",
  modules = { "price-tiers" },
}
$ grep -rn '@[A-Z]*@' agent price-tiers
[1]
$ test "$(wc -l < agent/agent.lua)" -le 40
# The library in a model's result.
$ printf 'local roi = require "roisim"\nlocal m = roi.model { name = "x" }\nlocal tiers = require "price-tiers"\nm.outputs.fee = tiers.tiered(roi.uniform(40, 60), 20, 50, 0.25)\nreturn m\n' > fees.lua; roisim fees.lua --lib price-tiers | grep -A 1 Libraries | cut -c 1-50
Libraries: price-tiers 0.1.0: price-tiers.lua 0a9d
10,000 trials  seed 1  mc  model 1c08d1ea  roisim 
# Nothing is overwritten, no name is a path, no name is a word of Lua.
$ roisim init agent
roisim: 'agent' is there already, and nothing is overwritten: take another name
[1]
$ touch taken; roisim init taken; roisim init --library taken
roisim: 'taken' is there already, and nothing is overwritten: take another name
roisim: 'taken' is there already, and nothing is overwritten: take another name
[1]
$ ln -s nowhere dangling; roisim init dangling
roisim: 'dangling' is there already, and nothing is overwritten: take another name
[1]
$ for n in ../up /tmp/x a/b .hidden -- 'two words' 9lives end roisim; do roisim init "$n"; done
roisim: '../up' can't be the name: it begins with a letter, and letters, digits, _ and - follow; it is made in the folder you are in
roisim: '/tmp/x' can't be the name: it begins with a letter, and letters, digits, _ and - follow; it is made in the folder you are in
roisim: 'a/b' can't be the name: it begins with a letter, and letters, digits, _ and - follow; it is made in the folder you are in
roisim: '.hidden' can't be the name: it begins with a letter, and letters, digits, _ and - follow; it is made in the folder you are in
roisim: no name was given; usage: roisim init NAME, or roisim init --library NAME
roisim: 'two words' can't be the name: it begins with a letter, and letters, digits, _ and - follow; it is made in the folder you are in
roisim: '9lives' can't be the name: it begins with a letter, and letters, digits, _ and - follow; it is made in the folder you are in
roisim: 'end' can't be the name: it means something else to scripts; take another
roisim: 'roisim' can't be the name: it means something else to scripts; take another
[2]
$ roisim init ''
roisim: '' can't be the name: it begins with a letter, and letters, digits, _ and - follow; it is made in the folder you are in
[2]
$ roisim init a b
roisim: two names were given, 'a' and 'b'; make one at a time
[2]
$ roisim init --trials 5 a
roisim: --trials does not belong to roisim init
[2]
$ roisim --library hello.lua
roisim: --library belongs to roisim init
[2]
$ roisim init "$(printf '%070d' 1 | tr 0-9 a)"
roisim: the name 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' has more than 60 characters
[2]
# When the disk is full nothing is left behind.
$ mkdir full; cd full; { (ulimit -f 0; roisim init agent) 2>&1; echo $?; } | cat; ls -A
roisim: can't write 'agent/agent.lua': File too large; nothing was left behind
1
$ mkdir bare; cd bare; { (ulimit -f 0; roisim init --library agent) 2>&1; } | cat; ls -A
roisim: can't write 'agent/agent.lua': File too large; nothing was left behind
