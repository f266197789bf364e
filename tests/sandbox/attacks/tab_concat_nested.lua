-- attack: table.concat of a table within a table
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.concat({ "a", { "b" } })
  end,
}
