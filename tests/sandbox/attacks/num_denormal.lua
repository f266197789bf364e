-- attack: the least number there is as a strength
-- at: weigh
-- expect: harmless
-- result: I:x:0:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("x", 0x1p-1074, 1)
  end,
}
