-- attack: a handle as limit of a loop, as key of a string, as argument of #
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    for i = 1, case do end
  end,
}
