-- attack: %q, %c, %x and %a are not there
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    string.format("%q", "x")
  end,
}
