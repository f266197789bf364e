-- attack: widths and precisions at their ends
-- at: weigh
-- expect: deterministic
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = ("%099d|%-99s|%.99f|%+.0e|%#.0f|% d|%99.99s"):format(-1, "x", 1e308, -0.0, 2.5, 7, "y")
    balance:interest("n" .. #s, 1, 1)
  end,
}
