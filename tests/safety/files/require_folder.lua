-- expect status: 1
-- expect error: 'folder.lua' is a folder; only regular files are read
-- setup: mkdir folder.lua
require "folder"
