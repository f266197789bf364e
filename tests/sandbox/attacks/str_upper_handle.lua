-- attack: methods of strings on a handle
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    string.upper(case)
  end,
}
