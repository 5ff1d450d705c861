-- expect status: 1
-- expect error: loops/a.lua:2: module 'loops.b' requires itself
require "loops.b"
