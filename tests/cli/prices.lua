local prices = {}
function prices.fee(seats)
  if seats < 0 then error("prices.fee: " .. seats .. " seats", 2) end
  return seats <= 10 and 20 * seats or 200 + 15 * (seats - 10)
end
return prices
