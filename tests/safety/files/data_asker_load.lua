-- expect status: 1
-- expect error: data_asker_load.lua:5: data file 'numbers.csv': ask for it on a line of a script or module, not in a text given to load or as the body of a coroutine, so that it is known whose folder is meant
-- setup: echo 1 >numbers.csv
local roi = require "roisim"
local numbers = load("return (...).data('numbers.csv')")(roi)
return numbers
