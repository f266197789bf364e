-- attack: lists that are empty
-- at: weigh
-- expect: harmless
-- result: R:none:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("none", #case.violation.grounds == 0 and case.violation.grounds[1] == nil and case.context.withheld_in == nil)
  end,
}
