-- expect status: 1
-- expect error: is a link that leads out of its folder; files outside are not read
-- setup: ln -s "$here/escape" away
require "away.gc"
