-- attack: divisions by zero that are no errors
-- at: weigh
-- expect: deterministic
-- result: R:inf:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("inf", 1 / 0 == math.huge and -1 // 0.0 == -math.huge and 5 % math.huge == 5 and -5 % math.huge == math.huge and math.mininteger // -1 == math.mininteger)
  end,
}
