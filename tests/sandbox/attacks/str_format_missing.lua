-- attack: directives without values
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    string.format("%d %d %d", 1)
  end,
}
