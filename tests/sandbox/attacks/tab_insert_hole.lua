-- attack: inserts behind a hole
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.insert({ 1, nil, 3 }, 4, 4)
  end,
}
