-- attack: select at the ends of the integers
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    select(math.mininteger, 1, 2)
  end,
}
