-- expect status: 1
-- expect error: require_zero.lua:4: there is no module 'patched'
-- A NUL ends the name that is looked for; nothing behind it counts.
require "patched\0.quiet"
