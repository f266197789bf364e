-- attack: a strength beyond a double
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("x", 1e308 * 10, 1)
  end,
}
