-- expect status: 1
-- expect error: error_place.lua:99999999: a line that is not there
error("error_place.lua:99999999: a line that is not there", 0)
