-- attack: a note that is not UTF-8
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:note("\xc0\x80")
  end,
}
