# A LuaRocks project: a rock whose modules require each other, one in folders (a/init.lua, a/b.lua), its manifest where LuaRocks keeps it.
$ mkdir -p lua_modules/share/lua/5.4/rates lua_modules/lib/luarocks/rocks-5.4/rates/2.1-1; echo 'return { low = require("rates.low"), high = require("rates.high.end") }' > lua_modules/share/lua/5.4/rates/init.lua
$ mkdir -p lua_modules/share/lua/5.4/rates/high; echo 'return require("rates.base") * 1' > lua_modules/share/lua/5.4/rates/low.lua; echo 'return require("rates.base") * 3' > lua_modules/share/lua/5.4/rates/high/end.lua; echo 'return 2' > lua_modules/share/lua/5.4/rates/base.lua
$ printf 'package = "rates"\nversion = "2.1-1"\nsource = { url = "git://example/rates" }\ndescription = { license = "MIT/X11" }\nbuild = { type = "builtin", modules = {\n  rates = "src/rates/init.lua", ["rates.low"] = "src/rates/low.lua", ["rates.base"] = "src/rates/base.lua", ["rates.high.end"] = "src/rates/high/end.lua" } }\n' > lua_modules/lib/luarocks/rocks-5.4/rates/2.1-1/rates-2.1-1.rockspec
$ mkdir models; printf 'local roi = require "roisim"\nlocal m = roi.model { name = "Rates" }\nlocal r = require "rates"\nm.outputs.rate = roi.uniform(r.low, r.high)\nreturn m\n' > models/rates_model.lua
$ roisim models/rates_model.lua | sed -n '/Libraries/,$p' | sed 's/ [0-9a-f]\{8\}/ HASH/g'
Libraries: rates 2.1-1: rates/init.lua HASH, rates/low.lua HASH,
           rates/base.lua HASH, rates/high/end.lua HASH
10,000 trials  seed 1  mc  model HASH  roisim 0.1.0
$ roisim models/rates_model.lua --json - | sed -n '/"libraries"/,/]/p' | grep -A 3 '"rates"' | sed -n 1,4p
				"name":	"rates",
				"file":	"rates/init.lua",
				"version":	"2.1-1",
				"license":	"MIT/X11",
$ roisim sensitivity models/rates_model.lua | grep -c '^Libraries: rates 2.1-1'
1
# The rock's own folder, as its author has it, serves by --lib: the rockspec says where its modules lie.
$ mkdir own; cp -r lua_modules/share/lua/5.4 own/src; cp lua_modules/lib/luarocks/rocks-5.4/rates/2.1-1/rates-2.1-1.rockspec own; mkdir elsewhere; cp models/rates_model.lua elsewhere; mv lua_modules moved; roisim elsewhere/rates_model.lua --lib own | grep -c '^Libraries: rates 2.1-1: '
1
$ rm own/rates-2.1-1.rockspec; roisim elsewhere/rates_model.lua --lib own
roisim: rates_model.lua:3: there is no module 'rates': no rates.lua or rates/init.lua in the model's folder, the --lib folders (1), ROISIM_PATH or lua_modules (0); name its folder with --lib
[1]
# A version that a module states itself counts where no manifest does; a module without either says so.
$ mkdir plain; echo 'return { _VERSION = "0.3", low = 1, high = 2 }' > plain/rates.lua; roisim elsewhere/rates_model.lua --lib plain | grep '^Libraries' | cut -c 1-25
Libraries: rates.lua 0.3 
$ echo 'return { low = 1, high = 2 }' > plain/rates.lua; roisim elsewhere/rates_model.lua --lib plain | grep '^Libraries' | cut -c 1-38
Libraries: rates.lua without a version
# Manifests that are damaged, or of something else: warned about once, and the model runs.
$ printf 'return {\n  name = "rates", version = "1",\n  modules = require "all",\n}\n' > plain/library.lua; roisim elsewhere/rates_model.lua --lib plain --quiet
warning: library.lua:3: this manifest can't be read: 'require' is not plain data: texts, numbers, true, false, nil and tables of these are read; the library's name and version are not recorded
$ echo 'return { name = "other", version = "1", modules = { "other" } }' > plain/library.lua; roisim elsewhere/rates_model.lua --lib plain --quiet
warning: library.lua of 'other' 1 does not list module 'rates': add it to the manifest's modules; no version of it is recorded
# A manifest speaks of the files that it names, whatever leads to them.
$ mkdir plain/src; cp plain/rates.lua plain/src; echo 'return { name = "rates", version = "1", modules = { rates = "src/rates.lua" } }' > plain/library.lua; roisim elsewhere/rates_model.lua --lib plain --quiet
warning: library.lua of 'rates' 1 has module 'rates' in src/rates.lua, and rates.lua is what was found: make them one; no version of it is recorded
$ roisim elsewhere/rates_model.lua --lib plain/src | grep '^Libraries' | cut -c 1-18
Libraries: rates 1
$ ln -sf src/rates.lua plain/rates.lua; roisim elsewhere/rates_model.lua --lib plain | grep '^Libraries' | cut -c 1-18
Libraries: rates 1
$ rm -r plain/src plain/rates.lua; echo 'return { low = 1, high = 2 }' > plain/rates.lua
$ echo 'return { name = "rates", version = "\27[31m1\7", modules = { "rates" } }' > plain/library.lua; roisim elsewhere/rates_model.lua --lib plain | grep '^Libraries' | cut -c 1-32
Libraries: rates \x17[31m1\x07: 
