-- attack: a note with a character beyond Unicode
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:note("\u{7FFFFFFF}")
  end,
}
