-- @NAME@: a library for models of roisim. A model beside it, or one run with --lib, says   local @VARIABLE@ = require "@NAME@"
local roi = require "roisim"

local library = {}

-- What something costs a month when the price of each of its users falls with their number: full price up to `limit` users, `discount`
-- off for those beyond. users: a number, an uncertain number or a series.
function library.tiered(users, price, limit, discount)
  if type(limit) == "number" and limit < 0 then error("@NAME@.tiered: limit " .. limit .. " must be 0 or more", 2) end
  local beyond = roi.max(users - limit, 0)
  return price * (users - discount * beyond)
end

return library
