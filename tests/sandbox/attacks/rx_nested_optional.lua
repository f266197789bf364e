-- attack: optionals within optionals
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches(("a"):rep(60), ("a?"):rep(30) .. ("a"):rep(30) .. "[bc]")
  end,
}
