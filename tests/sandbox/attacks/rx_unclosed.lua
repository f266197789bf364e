-- attack: a pattern that is not closed
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches("a", "(a[b")
  end,
}
