-- attack: table.unpack over all integers
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    return table.unpack({}, math.mininteger, math.maxinteger)
  end,
}
