-- expect status: 1
-- expect error: 'out.lua' is a link that leads out of its folder; files outside are not read
-- setup: ln -s /etc/passwd out.lua
require "out"
