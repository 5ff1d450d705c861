-- A manifest that wants to be run.
return { name = "calls", version = (function() while true do end end)(), modules = { "manifests.calls.rates" } }
