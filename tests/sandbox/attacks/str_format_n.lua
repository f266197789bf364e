-- attack: %n writes to memory in C
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    string.format("%n", 1)
  end,
}
