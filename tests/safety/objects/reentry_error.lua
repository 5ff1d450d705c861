-- expect status: 1
-- expect error: reentry_error.lua:11: the library still works
-- Errors and yields that leave the library's functions half done.
local roi = require "roisim"
local model = roi.model { name = "half", horizon = 3 }
assert(not pcall(roi.recur, 1, error) and not pcall(roi.series, error) and not pcall(roi.per_trial, "x", nil))
local co = coroutine.create(function() return roi.recur(1, coroutine.yield) end)
coroutine.resume(co)
coroutine.close(co)
model.outputs.x = roi.last(roi.recur(roi.uniform(0, 1), function(x) return x * 2 end))
error("the library still works")
