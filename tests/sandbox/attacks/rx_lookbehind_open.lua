-- attack: a lookbehind of any length
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches("aab", "(?<=a+)b")
  end,
}
