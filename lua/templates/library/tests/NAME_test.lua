-- What must hold of the library. Run   roisim test   in the folder above.
local roi = require "roisim"
local @VARIABLE@ = require "@NAME@"

roi.expect("below the limit all pay in full", { of = @VARIABLE@.tiered(10, 20, 50, 0.25), equal = 200 })
roi.expect("beyond it each pays less", { of = @VARIABLE@.tiered(70, 20, 50, 0.25), equal = 1300 })
roi.expect("a limit is no negative number", { of = function() @VARIABLE@.tiered(10, 20, -1, 0.25) end, error = "limit -1" })

local users = roi.uniform(40, 60)
local cost = @VARIABLE@.tiered(users, 20, 50, 0.25)
roi.expect("with uncertain users", { of = cost, mean = 987.5, within = 10 })    -- 20 (50 - 0.25 * 2.5)
roi.expect("half of the time beyond", { of = roi.gt(users, 50), probability = 0.5 })
roi.expect("never more than in full", { of = cost, at_least = 800, at_most = 1200 })
