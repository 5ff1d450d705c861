local M = {}
function M.list(t)
  local out = {}
  for k, v in pairs(t) do out[#out + 1] = k .. v end
  return table.concat(out)
end
return M
