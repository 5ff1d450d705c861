-- expect status: 0
-- expect error:
-- expect output: "name":	"\u001b[2J<script>alert(1)</script>�"
-- expect output: "doc":	"<img src=x onerror=\"alert(1)\">"
-- args: --json -
-- In JSON every text is one string of valid UTF-8, whatever bytes it came with. Markup is left as it is: it means nothing there.
local roi = require "roisim"
local model = roi.model { name = "\27[2J<script>alert(1)</script>\255" }
model.inputs.price = roi.uniform(0, 1):unit("</script>"):doc('<img src=x onerror="alert(1)">')
model.outputs.x = model.inputs.price
return model
