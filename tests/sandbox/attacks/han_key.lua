-- attack: handles as keys
-- at: weigh
-- expect: harmless
-- result: R:key:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = { [case] = 1, [case.tweet] = 2 }
    balance:condition("key", t[case] == 1 and t[case.tweet] == 2 and t[case.account] == nil)
  end,
}
