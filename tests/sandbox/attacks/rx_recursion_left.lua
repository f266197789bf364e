-- attack: a pattern that begins with itself
-- at: weigh
-- expect: error|harmless|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches(("a"):rep(1000), "(?R)?a(?R)b")
  end,
}
