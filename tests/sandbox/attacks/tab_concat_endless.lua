-- attack: concat of all integers
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.concat({ 1 }, "", math.mininteger, math.maxinteger)
  end,
}
