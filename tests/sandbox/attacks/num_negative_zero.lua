-- attack: a strength of -0.0 is 0
-- at: weigh
-- expect: harmless
-- result: I:x:0:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("x", -0.0, 1)
  end,
}
