-- expect status: 1
-- expect error: can't open 'secret.lua': Permission denied
-- setup: echo 'return 1' >secret.lua; chmod 000 secret.lua
-- as: nobody
require "secret"
