-- attack: table.insert into the environment
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.insert(_ENV, 1)
  end,
}
