-- expect status: 1
-- expect error: compiled.lua:1: compiled Lua is not run; give the script's text
-- setup: printf '\033Lua\124\000\031\223\r\n\032\n\004\010\010' >compiled.lua
require "compiled"
