-- attack: a name of 60,000 bytes
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    require(("x"):rep(60000))
  end,
}
