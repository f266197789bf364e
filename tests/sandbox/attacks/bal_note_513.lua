-- attack: a note of 513 bytes
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:note(("x"):rep(513))
  end,
}
