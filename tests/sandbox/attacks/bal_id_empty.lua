-- attack: an empty id
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:harm("", 1, 1)
  end,
}
