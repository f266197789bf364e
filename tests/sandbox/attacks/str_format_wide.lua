-- attack: widths of three digits
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:note(string.format("%100d", 1))
  end,
}
