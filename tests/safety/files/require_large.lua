-- expect status: 1
-- expect error: 'large.lua' has 1073741824 bytes; at most 16 MB are read
-- setup: truncate -s 1G large.lua
require "large"
