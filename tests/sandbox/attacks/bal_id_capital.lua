-- attack: an id with a capital
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("Debate", 1, 1)
  end,
}
