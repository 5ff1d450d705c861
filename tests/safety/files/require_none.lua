-- expect status: 1
-- expect error: require_none.lua:3: there is no module 'finanse.tax': no finanse/tax.lua or finanse/tax/init.lua
require "finanse.tax"
