-- attack: goto continue in nested loops is no attack
-- at: weigh
-- expect: harmless
-- result: I:n6:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local n = 0
    for i = 1, 3 do
      for j = 1, 3 do
        if j == 2 then goto continue end
        n = n + 1
        ::continue::
      end
    end
    balance:interest("n" .. n, 1, 1)
  end,
}
