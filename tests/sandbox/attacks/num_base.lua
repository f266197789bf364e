-- attack: a base of 1
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    tonumber("1", 1)
  end,
}
