-- attack: handles of one thing are equal, of two things are not
-- at: weigh
-- expect: harmless
-- result: R:eq:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("eq", case == case and case.tweet == case.tweet and case.tweet ~= case.account and case ~= balance)
  end,
}
