-- attack: states a condition of the host in its stead, under a rule that does not have it
-- at: weigh
-- expect: error
-- line: 7
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance) balance:condition("data_omitted", true) end,
}
