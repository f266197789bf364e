-- attack: a field with a NUL
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    return case["tweet\0"]
  end,
}
