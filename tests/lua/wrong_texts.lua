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
