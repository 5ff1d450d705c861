-- The choice among use cases (roisim portfolio): what each brings and spends, by itself, for the engine to add up over any set of
-- them. A piece of lua/roisim.lua, loaded only where the command asks for that choice (native.for_portfolio).
--
-- Each use case has a switch, a draw that is 1 where it is taken. All its flows, what it asks of pools and the passing of its gates
-- are multiplied by the switch (Part:where_taken), so that what two use cases share is what they would share if those taken were the
-- only ones. Flows of the model's own are incurred if any use case is taken; that is for the engine to say, which adds them.
return function(native, helpers)

local ipairs = ipairs

local piece = {}

-- Gives a new use case its switch, under a name that no input of a script is likely to have.
function piece.switch(part)
  part.taken = native.occurs(part.prefix .. "(taken)", 0.5)
end

-- A part's own flows with the adjustments (tax, terminal value) made of them. Those of the model are made even where it has no flows
-- of its own, for a terminal value may stand alone.
local function rows_of(part)
  local root, rows = part.root, part:own_rows()
  if part == root and #rows == 0 then
    rows[1] = { kind = "benefit", series = native.time(0) * 0, file = root.file, line = root.line }
  end
  for _, add in ipairs(root.adjustments) do add(part, rows) end
  return rows
end

-- Hands over a part's terms; number: of the use case, 0 for the model.
local function add_terms(part, number)
  local rows, span = rows_of(part), 0
  local totals = part:totals(rows)
  native.add_term(number, 0, totals.pv_benefit - totals.pv_cost)
  for _, budget in ipairs(part.root.budgets) do
    local budgets = helpers.piece("budget")
    for _, spent in ipairs((budgets.by_span(budget, budgets.spending(budget, rows)))) do
      span = span + 1
      native.add_term(number, span, spent)
    end
  end
end

function piece.hand_over(root)
  native.stand_at(root.file, root.line)
  if #root.cases == 0 then
    helpers.failf("there is nothing to choose from: the model has no use cases; one is made by model:use_case(\"triage\"), with " ..
      "benefits and costs of its own")
  end
  for _, case in ipairs(root.cases) do
    native.stand_at(case.file, case.line)
    native.add_candidate(case.name, case.taken)
  end
  for _, budget in ipairs(root.budgets) do
    native.stand_at(budget.file, budget.line)
    for _, ceiling in ipairs(budget.ceilings) do native.add_ceiling(budget.name, ceiling) end
  end
  for i, case in ipairs(root.cases) do
    if #case.flows > 0 then add_terms(case, i) end
  end
  add_terms(root, 0)
  native.stand_at()
end

return piece
end
