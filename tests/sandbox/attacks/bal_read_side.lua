-- attack: a side of the balance read back
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    return balance.points
  end,
}
