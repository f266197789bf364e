-- attack: branch resets within repeats
-- at: weigh
-- expect: limit-instructions|limit-time|deterministic
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("m", text.matches(("ab"):rep(400), "(?:(?|(a)(b)|(b)(a))*?)*$x"))
  end,
}
