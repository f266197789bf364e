-- attack: a strength one bit above 1
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("x", 1 + 2.0 ^ -52, 1)
  end,
}
