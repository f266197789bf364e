-- attack: replaces a function of a library
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    math.floor = function() return 1 end
  end,
}
