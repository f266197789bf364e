-- attack: the same with \X, which looks at several characters each time
-- at: weigh
-- expect: error|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("m", text.matches(("a"):rep(65536), "\\X*+[!?]"))
  end,
}
