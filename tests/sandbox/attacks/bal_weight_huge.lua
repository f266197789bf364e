-- attack: a weight of 1e308
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:harm("x", 1, 1e308)
  end,
}
