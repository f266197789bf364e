-- attack: table.remove from a handle
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.remove(case.context)
  end,
}
