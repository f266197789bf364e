return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest(("x"):rep(49), 1, 1)
  end,
}
