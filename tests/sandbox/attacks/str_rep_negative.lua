-- attack: fewer than no times
-- at: weigh
-- expect: harmless
-- result: I:n0:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("n" .. #("x"):rep(math.mininteger, "y"), 1, 1)
  end,
}
