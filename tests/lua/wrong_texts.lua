---- quotes of a word processor
model:cost(“fee”, 10, { every = "month" }) -- expect error: “ is a quotation mark of a word processor: write " or '
---- a single quote of a word processor
model:cost(‘fee’, 10, { every = "month" }) -- expect error: ‘ is a quotation mark of a word processor: write " or '
---- quotes of a word processor within a text
print("“quoted” – and more") -- expect: “quoted” – and more
model.outputs.a = roi.uniform(0, 1)
return model
---- a minus of a word processor
model:cost("fee", 10−3, { every = "month" }) -- expect error: − is a dash of a word processor: write -
---- a space of a web page
  local a = 3 -- expect error: what stands there is a space of web pages and word processors: write a plain one
---- a sign of multiplication
local a = 3 × 4 -- expect error: × multiplies on paper: write *
---- an amount in a currency
model:cost("fee", €10, { every = "month" }) -- expect error: € is a currency: numbers stand alone, and roi.model { currency = "USD" } names it once
---- a number in groups
model:cost("fee", 10 000, { every = "month" }) -- expect error: a number has no marks or spaces within: 10000, not 10 000
---- a comment of other languages
# the model's costs  -- expect error: comments begin with --, not #
---- another comment of other languages
// the model's costs -- expect error: comments begin with --, not //
---- a comment of other languages behind code
model:cost("fee", 10, { every = "month" }) // a year's -- expect error: comments begin with --, not //
---- whole division
print(7 // 2) -- expect: 3
model.outputs.a = roi.uniform(0, 1)
return model
---- not equal in other languages
if model.horizon != 3 then print("a") end -- expect error: != is written ~=, and roi.ne(a, b) of uncertain values
---- and in other languages
if model.horizon > 3 && model.horizon < 9 then print("a") end -- expect error: && is written and, and roi.all(a, b) of uncertain values
---- nothing foreign
model:cost("fee" 10) -- expect error: ')' expected near '10'
---- a scenario's name that a zero byte ends
x.a = 1
model:scenario("low\0est", { a = 5 }) -- expect error: the text 'low' has a zero byte at position 4, at which it would end: leave that out
---- what a scenario overrides
x.a = 1
model:scenario("low", { ["a\0b"] = 5 }) -- expect error: the text 'a' has a zero byte at position 2
---- a per-trial function
local f = roi.per_trial("f\0g", function() return 1 end) -- expect error: the text 'f' has a zero byte at position 2
---- a unit
x.a = roi.normal(0, 1):unit("EUR\0") -- expect error: the text 'EUR' has a zero byte at position 4
---- a source
x.a = roi.normal(0, 1):source("\0the books") -- expect error: the text '' has a zero byte at position 1
---- a draw's name, a label
x.a = roi.normal(0, 1)
assert(not pcall(x.a.name, x.a * 2, "a\0c"))
local d = roi.normal(0, 1):name("a\0c") -- expect error: the text 'a' has a zero byte at position 2
---- the name of a parameter of a distribution
local d = roi.normal { ["mean\0x"] = 5, sd = 1 } -- expect error: the name of a parameter, 'mean', has a zero byte
---- beside the parameter itself
local d = roi.normal { ["mean\0x"] = 5, mean = 5, sd = 1 } -- expect error: the name of a parameter, 'mean', has a zero byte
---- a file of data
local d = roi.data("data/hundred.csv\0.txt") -- expect error: the name 'data/hundred.csv' has a zero byte at position 17
---- a module
require "data.near\0.x" -- expect error: the name 'data.near' has a zero byte at position 10
---- a draw to correlate
x.a, x.b = roi.normal(0, 1), roi.normal(0, 1)
model:correlate { { "a\0c", x.b, 0.5 } }
model.outputs.y = x.a + x.b
return model -- expect failure: the text 'a' has a zero byte at position 2
---- a cost's name, which the model's end finds
model:cost("lic\0ences", 5, { every = "month" }) -- expect failure: the text 'lic' has a zero byte at position 4
return model
---- and a message shows it
model:cost("lic\0ences", 5) -- expect error: cost 'lic\0ences' is one number
