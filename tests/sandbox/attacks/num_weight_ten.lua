-- attack: the greatest weight, and the least
-- at: weigh
-- expect: harmless
-- result: H:y:1:0.001;I:x:1:10
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("x", 1, 10)
    balance:harm("y", 1, 0.001)
  end,
}
