-- attack: a count beyond 65,535
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches("a", "a{65536}")
  end,
}
