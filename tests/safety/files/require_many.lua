-- expect status: 1
-- expect error: a model can't have more than 1000 files or 256 MB of them
-- setup: i=0; while [ $i -lt 1100 ]; do echo 'return 1' >m$i.lua; i=$((i + 1)); done
for i = 0, 1099 do require("m" .. i) end
