-- attack: a form with a NUL within a directive
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    string.format("%\0d", 1)
  end,
}
