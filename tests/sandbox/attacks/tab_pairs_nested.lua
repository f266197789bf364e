-- attack: pairs within pairs of the same table
-- at: weigh
-- expect: harmless
-- result: I:n27:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t, n = { a = 1, b = 2, c = 3 }, 0
    for _ in pairs(t) do for _ in pairs(t) do for _ in pairs(t) do n = n + 1 end end end
    balance:interest("n" .. n, 1, 1)
  end,
}
