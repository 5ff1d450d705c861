-- expect status: 0
-- expect error:
-- expect output: trial,"'=HYPERLINK(""http://x"")","a;'=cmd|' /C calc'!A0","a,'+b",'@SUM(1),'-5
-- args: --samples /dev/stdout --quiet
-- No name is run by a spreadsheet that opens the samples, at whatever it splits lines.
local roi = require "roisim"
local model = roi.model { name = "names" }
model.outputs['=HYPERLINK("http://x")'] = roi.uniform(0, 1):name("@SUM(1)")
model.outputs["a;=cmd|' /C calc'!A0"] = roi.uniform(0, 1):name("-5")
model.outputs["a,+b"] = 1
return model
