-- attack: seven lazy repeats
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("m", text.matches(("a"):rep(3000), (".*?"):rep(7) .. "[bc]"))
  end,
}
