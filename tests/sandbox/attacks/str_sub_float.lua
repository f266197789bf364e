-- attack: places that are no whole numbers
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    ("abc"):sub(1.5)
  end,
}
