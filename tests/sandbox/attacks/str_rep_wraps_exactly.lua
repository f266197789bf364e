-- attack: a size that wraps round to nothing
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    string.rep(("x"):rep(32768), 1 << 49)
  end,
}
