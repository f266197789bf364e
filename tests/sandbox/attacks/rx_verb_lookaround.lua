-- attack: a lookaround by its long name
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches("aaa", "a(*positive_lookahead:b)")
  end,
}
