-- attack: a verb in the middle of a pattern
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches("aaa", "a(*COMMIT)b")
  end,
}
