-- attack: more parentheses within parentheses than are taken
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches("a", ("("):rep(60) .. "a" .. (")"):rep(60))
  end,
}
