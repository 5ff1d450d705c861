-- What must hold of the model. Run   roisim test   in the folder above.
local roi = require "roisim"
local model = require "@NAME@"                    -- the model itself, as it stands

roi.expect("licence costs 24 months", { of = model.inputs.licence * 24, equal = 8400 })
roi.expect("hours saved are never negative", { of = model.outputs.hours_saved, at_least = 0 })
roi.expect("share of tasks", { of = model.inputs.reach, median = 0.73, within = 0.02 })
roi.expect("a loss is possible", { of = roi.lt(model.npv, 0), probability = 0.4, within = 0.3 })
