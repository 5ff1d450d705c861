-- expect status: 1
-- expect error: patch_library.lua:3: 'string' is read-only: its field 'upper' can't be set
string.upper = string.lower
