-- expect status: 1
-- expect error: require_linked_in.lua:5: within
-- setup: mkdir deep; echo 'return "within"' >deep/real.lua; ln -s deep/real.lua near.lua
-- Links that stay in the folder are followed.
error(require "near")
