-- attack: two groups that call each other
-- at: weigh
-- expect: error|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches(("ab"):rep(500), "^((?2)a|b)((?1)b|a)+$")
  end,
}
