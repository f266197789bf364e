-- attack: known called on the balance
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    case.known(balance, "tweet.text")
  end,
}
