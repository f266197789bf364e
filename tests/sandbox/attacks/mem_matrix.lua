-- attack: tables within tables
-- at: weigh
-- expect: limit-memory|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = {}
    for i = 1, 8000 do
      t[i] = {}
      for j = 1, 8000 do t[i][j] = j end
    end
  end,
}
