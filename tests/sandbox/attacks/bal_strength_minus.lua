-- attack: a strength that is the least below 0
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("x", -5e-324, 1)
  end,
}
