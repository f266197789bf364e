-- attack: table.concat over all integers
-- at: weigh
-- expect: error|limit-instructions
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.concat({}, "", math.mininteger, math.maxinteger)
  end,
}
