-- attack: a method that strings do not have here
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    ("abc"):gsub("a", "b")
  end,
}
