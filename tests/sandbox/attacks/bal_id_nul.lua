-- attack: an id with a NUL
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:harm("x\0y", 1, 1)
  end,
}
