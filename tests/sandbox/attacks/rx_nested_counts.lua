-- attack: counts within counts
-- at: weigh
-- expect: error|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches(("a"):rep(60000), "((a{0,200}){0,200})[bc]")
  end,
}
