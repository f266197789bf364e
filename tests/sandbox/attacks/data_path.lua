-- attack: a data file elsewhere
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    data "../policy"
  end,
}
