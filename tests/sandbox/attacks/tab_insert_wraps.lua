-- attack: places that wrap round
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.insert({ 1 }, math.mininteger, 2)
  end,
}
