-- attack: a handle read by nil
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    return case[nil]
  end,
}
