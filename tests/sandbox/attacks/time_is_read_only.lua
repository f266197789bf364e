-- attack: a clock of one's own in the place of the library's function
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    time.days = function() return 0 end
  end,
}
