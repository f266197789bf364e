-- attack: nested parentheses, 30,000 deep
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches(("("):rep(30000), "^(\\((?:[^()]|(?1))*\\))$")
  end,
}
