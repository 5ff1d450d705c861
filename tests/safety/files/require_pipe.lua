-- expect status: 1
-- expect error: 'pipe.lua' is a pipe; only regular files are read
-- setup: mkfifo pipe.lua
require "pipe"
