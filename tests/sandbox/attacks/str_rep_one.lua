-- attack: once is no reason to add separators
-- at: weigh
-- expect: harmless
-- result: I:n1:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("n" .. #("x"):rep(1, ("y"):rep(60000)), 1, 1)
  end,
}
