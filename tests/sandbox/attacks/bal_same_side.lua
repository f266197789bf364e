-- attack: one id on both sides
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("x", 1, 1)
    balance:harm("x", 1, 1)
  end,
}
