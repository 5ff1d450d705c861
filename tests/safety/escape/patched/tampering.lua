pairs = function() error("patched") end
assert, ipairs, next = nil, nil, nil
_G.error = nil
local quiet = require "patched.quiet"
local function refuses(f) return not pcall(f) end
if not refuses(function() quiet.list = nil end) then return "could patch another library" end
if not refuses(function() table.concat = nil end) then return "could patch a standard library" end
return "done"
