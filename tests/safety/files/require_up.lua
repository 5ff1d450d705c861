-- expect status: 1
-- expect error: require_up.lua:3: '../secret' is not a module name
require "../secret"
