-- Tax and terminal value: what is added to the flows of the whole and of each use case once they are known. A piece of
-- lua/roisim.lua, loaded where roi.model { tax_rate = } or { terminal = } asks for it.
--
-- Tax is the rate times the net flow of each period; a loss lowers the firm's tax in the same period, as it does where the firm earns
-- enough elsewhere. That is linear, so the use cases' taxes add up to the whole's. The terminal value stands at the horizon and is
-- not taxed.
return function(native, helpers)

local type, huge = type, math.huge
local format = string.format
local failf, check_options, check_number, describe = helpers.failf, helpers.check_options, helpers.check_number, native.describe

local share = { holds = function(v) return v >= 0 and v < 1 end, says = "0 or more and below 1 (25% is written 0.25)" }
local finite = { holds = function(v) return v > -huge and v < huge end, says = "a finite number" }
local not_negative = { holds = function(v) return v >= 0 and v < huge end, says = "0 or more" }
local above_minus_1 = { holds = function(v) return v > -1 and v < huge end, says = "above -1 (-100%)" }

local function net_of(rows)
  local net
  for _, r in ipairs(rows) do
    local s = r.kind == "benefit" and r.series or -r.series
    net = net and net + s or s
  end
  return net
end

local piece = {}

-- tax_rate: checked and given to the root part.
function piece.tax(root, rate)
  helpers.check_rate("roi.model", "tax_rate", rate, share)
  root.adjustments[#root.adjustments + 1] = function(part, rows)
    if #rows == 0 or part.kind == "actor" and #part.flows == 0 then return end
    rows[#rows + 1] = { kind = "cost", name = "tax", series = net_of(rows) * rate, file = root.file, line = root.line }
  end
end

local example = "terminal = { multiple = 3 }, { growth = 0.02 } or { value = 50000 }"

-- terminal, checked: { value = } of the model alone, { multiple = } of the last year's net flow, or { growth = }, a perpetuity.
function piece.read_terminal(spec)
  if type(spec) ~= "table" then failf("roi.model: terminal takes a table, %s, not %s", example, describe(spec)) end
  spec = check_options("roi.model: terminal", spec, { "value", "multiple", "growth" })
  local given = 0
  for _, field in ipairs { "value", "multiple", "growth" } do given = given + (spec[field] ~= nil and 1 or 0) end
  if given ~= 1 then failf("roi.model: terminal takes one of value, multiple and growth; write %s", example) end
  local what = "roi.model: terminal"
  if spec.value ~= nil then spec.value = check_number(what, "value", spec.value, finite) end
  if spec.multiple ~= nil then spec.multiple = check_number(what, "multiple", spec.multiple, not_negative) end
  if spec.growth ~= nil then spec.growth = helpers.check_rate(what, "growth", spec.growth, above_minus_1) end
  return spec
end

-- terminal: read and given to the root part.
function piece.terminal(root, spec)
  local model = root.model

  -- What the value of a going concern is in years of its last year's net flow.
  local function years()
    if spec.multiple then return spec.multiple end
    local above = model.discount_rate - spec.growth
    if type(above) == "number" and not (above > 0) then
      failf("%sterminal: growth %g must be below the discount rate %g, or the value has no bound", helpers.place_text(root.file, root.line),
        spec.growth, model.discount_rate)
    end
    -- A rate that growth reaches in some trials has no value there: its logarithm, which is undefined, names the trial.
    if type(above) ~= "number" then above = above + 0 * native.log(above) end
    return (1 + spec.growth) / above
  end

  root.adjustments[#root.adjustments + 1] = function(part, rows)
    if #rows == 0 then return end
    local value
    if spec.value then
      if part ~= root then return end
      value = spec.value
    else
      local so_far, h, n = native.cumsum(net_of(rows)), model.horizon, root.per_year
      value = years() * (so_far[h] - (h > n and so_far[h - n] or 0))
    end
    rows[#rows + 1] = { kind = "benefit", name = "terminal value", series = native.at(model.horizon, value), file = root.file,
      line = root.line }
  end
end

return piece
end
