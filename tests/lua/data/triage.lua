-- A library that declares a use case, and slips in calls that are the last thing its functions do.
local roi = require "roisim"
local library = {}

function library.declare(model)
  local u = model:use_case("triage")
  u:benefit("gain", roi.uniform(1, 2), { every = "month" })
  return u
end

function library.at_the_end(model)
  return model:use_case("triage", { deparment = "sales" })
end

function library.flow(model)
  local u = model:use_case("triage")
  return u:cost("fee", 3)
end

function library.pilot(model)
  local u = model:use_case("triage")
  return u:pilot { weeks = 4, cost = -1 }
end

function library.model()
  return roi.model { horizn = 12 }
end

function library.curve(t)
  return roi.curve.logistic(t, "k", 3)
end

function library.learned(t)
  return roi.curve.wright(t)
end

function library.walk()
  return roi.process.ar1 { mean = 1, ph = 3 }
end

function library.sum()
  return roi.sum {}
end

return library
