-- attack: adds a field to a library
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    string.mine = "kept"
  end,
}
