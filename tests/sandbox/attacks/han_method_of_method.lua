-- attack: a method of one as field of the other
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    case.known(balance, "tweet.text")
  end,
}
