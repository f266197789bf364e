-- attack: an id that begins with a digit
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("1x", 1, 1)
  end,
}
