-- attack: numbers, texts and tables in one array
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.sort({ 1, "a", {} })
  end,
}
