-- attack: a weight that is no multiple of 0.001
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("x", 1, 1 / 3)
  end,
}
