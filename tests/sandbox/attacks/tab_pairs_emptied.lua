-- attack: pairs over a table that was large and is empty, without end
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = {}
    for i = 1, 8000 do t[i] = i end
    for i = 1, 4000 do t["k" .. i] = i end
    for i = 1, 8000 do t[i] = nil end
    for i = 1, 4000 do t["k" .. i] = nil end
    while true do for k in pairs(t) do end end
  end,
}
