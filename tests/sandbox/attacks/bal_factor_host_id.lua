-- attack: factors called like the host's conditions, which are apart from them
-- at: weigh
-- expect: deterministic
-- result: H:data_omitted:0:10;I:public_concern:1:1;R:public_concerns:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("public_concerns", true)
    balance:interest("public_concern", 1, 1)
    balance:harm("data_omitted", 0, 10)
  end,
}
