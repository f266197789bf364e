-- attack: the id of a condition of the host, a factor called like a condition
-- at: weigh
-- expect: deterministic
-- result: H:x:0:10;I:data_omitted:1:1;R:data_omitted:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("data_omitted", true)
    balance:interest("data_omitted", 1, 1)
    balance:harm("x", 0, 10)
  end,
}
