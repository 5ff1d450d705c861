-- expect status: 1
-- expect error: require_zero.lua:4: the name 'loops' has a zero byte at position 6
-- A zero byte would end the name that is looked for.
require "loops\0.a"
