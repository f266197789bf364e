-- attack: integers that fall into one bucket, taken out and put in again without end
-- at: weigh
-- expect: limit-memory|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t, m = {}, (1 << 12) - 1
    while true do
      for i = 1, 4000 do t[i * m] = true end
      for i = 1, 4000 do t[i * m] = nil end
    end
  end,
}
