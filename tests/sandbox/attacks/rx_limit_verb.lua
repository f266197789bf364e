-- attack: a pattern that lifts its own limits
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches("a", "(*LIMIT_MATCH=4294967295)(*LIMIT_DEPTH=4294967295)a")
  end,
}
