-- attack: functions of the host as comparators
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.sort({ "b", "a" }, error)
  end,
}
