-- attack: a strength one bit below 1
-- at: weigh
-- expect: harmless
-- result: I:x:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("x", 1 - 2.0 ^ -53, 1)
  end,
}
