-- attack: table.insert into a library
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.insert(string, 1)
  end,
}
