-- attack: replaces every name that the host gave
-- at: weigh
-- expect: deterministic
-- result: R:own:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    pairs, ipairs, type, error, assert, string, table, math, text = nil, 1, 2, 3, 4, 5, 6, 7, 8
    balance:condition("own", ("x"):upper() == "X" and #case.violation.grounds == 0 and type == 2)
  end,
}
