-- attack: a field of 60,000 bytes
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    return case[("tweet"):rep(12000)]
  end,
}
