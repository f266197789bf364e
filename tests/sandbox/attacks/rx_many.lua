-- attack: more patterns than are kept compiled
-- at: weigh
-- expect: harmless
-- result: I:n450:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local n = 0
    for round = 1, 3 do
      for i = 1, 150 do if text.matches("x" .. i .. "y", "x" .. i .. "y") then n = n + 1 end end
    end
    balance:interest("n" .. n, 1, 1)
  end,
}
