-- expect status: 1
-- expect error: patch_pairs.lua:10: the other file kept its own
-- A library that replaces globals replaces its own only.
pairs, print, string = nil, nil, nil
local other = require "patched.quiet"
assert(pairs == nil)
local tampering = require "patched.tampering"
assert(tampering == "done" and ipairs ~= nil and assert ~= nil)
assert(other.list { b = 2, a = 1 } == "a1b2")
error("the other file kept its own")
