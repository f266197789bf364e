-- attack: a width from the arguments
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    string.format("%*d", 99999999, 1)
  end,
}
