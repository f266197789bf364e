-- attack: a text cut within a character
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches(("é"):sub(1, 1), ".")
  end,
}
