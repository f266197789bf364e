-- attack: what sorted keys cost must not follow their hash order, or the limit is passed at another place each time
-- at: weigh
-- expect: deterministic|limit-instructions
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local n = 0
    for i = 1, 12 do
      balance:interest("i" .. i, 1, 1)
      for j = 1, 1000 do
        for k in pairs(case.context) do n = n + 1 end
        n = n + 1
        n = n + 1
        n = n + 1
      end
    end
  end,
}
