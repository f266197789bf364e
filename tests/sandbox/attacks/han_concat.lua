-- attack: a handle joined to a text
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    return "x" .. case
  end,
}
