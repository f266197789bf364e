-- attack: 40,000 short strings that are all kept
-- at: weigh
-- expect: harmless
-- result: I:n4000:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t, n = {}, 0
    for i = 1, 10 do
      t[i] = {}
      for j = 1, 4000 do t[i][j] = "s" .. i .. "_" .. j end
    end
    balance:interest("n" .. #t[10], 1, 1)
  end,
}
