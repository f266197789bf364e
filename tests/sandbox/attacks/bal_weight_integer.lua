-- attack: a weight that is an integer beyond the doubles
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:harm("x", 1, math.maxinteger)
  end,
}
