-- attack: a number in place of a handle
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance.interest(0x4800000000000001, "x", 1, 1)
  end,
}
