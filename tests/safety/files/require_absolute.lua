-- expect status: 1
-- expect error: require_absolute.lua:3: '/etc/passwd' is not a module name
require "/etc/passwd"
