-- attack: NaN among numbers
-- at: weigh
-- expect: deterministic
-- result: I:n5:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = { 3, 0 / 0, 1, 0 / 0, 2 }
    table.sort(t)
    balance:interest("n" .. #t, 1, 1)
  end,
}
