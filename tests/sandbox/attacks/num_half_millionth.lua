-- attack: half a millionth is rounded up
-- at: weigh
-- expect: harmless
-- result: I:x:0.000001:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("x", 0.0000005, 1)
  end,
}
