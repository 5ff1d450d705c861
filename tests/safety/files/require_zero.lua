-- expect status: 1
-- expect error: require_zero.lua:4: there is no module 'loops'
-- A NUL ends the name that is looked for; nothing behind it counts.
require "loops\0.a"
