# A model as editors and systems leave it: a byte order mark, a #! line, lines that end as on Windows; one report for all.
$ roisim hello.lua --outputs npv --json - | sed '/"timing"/,$d; /sha256/d' > plain.json; wc -l < plain.json | grep -c '..'
1
$ mkdir as; printf '\357\273\277' > as/hello.lua; cat hello.lua >> as/hello.lua; roisim as/hello.lua --outputs npv --json - | sed '/"timing"/,$d; /sha256/d' | cmp - plain.json
$ echo '#!/usr/bin/env roisim' > as/hello.lua; tail -n +2 hello.lua >> as/hello.lua; roisim as/hello.lua --outputs npv --json - | sed '/"timing"/,$d; /sha256/d' | cmp - plain.json
$ sed 's/$/\r/' hello.lua > as/hello.lua; roisim as/hello.lua --outputs npv --json - | sed '/"timing"/,$d; /sha256/d' | cmp - plain.json
# What is no script's text.
$ printf '\377\376l\0' > wide.lua; roisim wide.lua
roisim: wide.lua:1: the text is UTF-16; save it as UTF-8
[1]
$ printf 'l\0o\0c\0a\0l\0' > wide.lua; roisim wide.lua
roisim: wide.lua:1: the text is UTF-16; save it as UTF-8
[1]
$ printf 'local roi = require "roisim"\nlocal a = "b\0c"\n' > zero.lua; roisim zero.lua
roisim: zero.lua:2: a zero byte stands here, so the file is no text or damaged; save it as UTF-8
[1]
$ printf '\033LuaT' > binary.lua; roisim binary.lua
roisim: binary.lua:1: compiled Lua is not run; give the script's text
[1]
$ : > empty.lua; roisim empty.lua
roisim: empty.lua: this script makes no model: begin with local roi = require "roisim" and end with return model
[1]
$ roisim .
roisim: '.' is a folder; only regular files are read
[1]
$ mkfifo pipe.lua; roisim pipe.lua
roisim: 'pipe.lua' is a pipe; only regular files are read
[1]
$ roisim /dev/zero
roisim: '/dev/zero' is a device; only regular files are read
[1]
# Which border #t finds among holes is Lua's choice, and the same in each run.
$ for i in 1 2 3 4 5; do roisim holes.lua --trials 10 --json - | grep '"mean"'; done | sort -u | wc -l
1
# What has no bound in a trial is no value of it.
$ roisim perpetual.lua
roisim: perpetual.lua:5: trial 1: npv is not a number; it arose here: log(-0.001387397694732756), from the draw perpetual.lua:3 = 0.031387397694732755
[1]
