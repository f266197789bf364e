-- attack: a weight of half a thousandth
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("x", 1, 0.0005)
  end,
}
