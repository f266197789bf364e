-- attack: inserts at the end of the integers
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.insert({ 1, 2 }, math.mininteger, 3)
  end,
}
