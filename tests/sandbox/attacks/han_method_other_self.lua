-- attack: methods with the self of another
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance.interest(case.tweet, "x", 1, 1)
  end,
}
