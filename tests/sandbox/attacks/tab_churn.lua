-- attack: one key out, another in: each time the whole table is counted and built anew
-- at: weigh
-- expect: limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t, i = {}, 1
    for k = 1, 4096 do t["k" .. k] = true end
    while true do
      t["k" .. i] = nil
      t["k" .. i + 4096] = true
      i = i + 1
    end
  end,
}
