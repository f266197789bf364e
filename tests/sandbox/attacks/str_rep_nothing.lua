-- attack: 2^62 times nothing
-- at: weigh
-- expect: harmless
-- result: I:n0:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("n" .. #(""):rep(1 << 62, ""), 1, 1)
  end,
}
