-- attack: handles where tables are expected
-- at: weigh
-- expect: error|harmless
-- line: 9
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("a", select("#", case, balance) == 2)
    table.sort({ case, balance })
  end,
}
