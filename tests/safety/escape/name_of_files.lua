-- expect status: 1
-- expect error: name_of_files.lua:11: [string "name_of_files.lua"]:1: your licence has expired
-- However many marks stand before its name: a loaded text is neither a file nor the library.
local roi = require "roisim"
for _, marks in ipairs { "", "@", "=", "@@", "==", "@=", "=@", "@@@@" } do
  local _, why = pcall(load("error 'no'", marks .. "name_of_files.lua"))
  assert(why == '[string "name_of_files.lua"]:1: no', why)
  _, why = pcall(load("error 'no'", marks .. "[roisim.q]"))
  assert(why == '[string "[roisim.q]"]:1: no', why)
end
load("error('your licence has expired')", "@@name_of_files.lua")()
