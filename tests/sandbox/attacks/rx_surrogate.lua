-- attack: a surrogate as a text
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches("\xed\xa0\x80", ".")
  end,
}
