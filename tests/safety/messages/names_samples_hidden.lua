-- expect status: 0
-- expect error:
-- expect output: trial,'＝1+1,' =2,' @SUM(1),\u200b=3,\ufeff+4,\x1b[2J\n=5,\xff-6,"a;' -7",\u202ex\U000e0041,plain -8,'‌=9,'️‍+10,\u3164=11,❤️-12
-- args: --samples /dev/stdout --quiet
-- No name steers a terminal or hides a formula behind blanks, wide signs or what shows nothing.
local roi = require "roisim"
local model = roi.model { name = "names" }
local names = { "\u{ff1d}1+1", " =2", "\u{a0}@SUM(1)", "\u{200b}=3", "\u{feff}+4", "\27[2J\n=5", "\xff-6", "a; -7", "\u{202e}x\u{e0041}",
  "plain -8", "\u{200c}=9", "\u{fe0f}\u{200d}+10", "\u{3164}=11", "\u{2764}\u{fe0f}-12" }
for i, name in ipairs(names) do model.outputs[name] = i end
return model
