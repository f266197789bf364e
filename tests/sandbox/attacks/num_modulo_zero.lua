-- attack: modulo of integers by zero
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    return 1 % 0
  end,
}
