-- attack: a form with a NUL behind the percent sign
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    string.format("%\0d", 1)
  end,
}
