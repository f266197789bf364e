-- attack: every flag many times
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    string.format("%" .. ("-+ #0"):rep(20) .. "d", 1)
  end,
}
