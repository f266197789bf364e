-- attack: a pattern of 257 bytes
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches("a", ("a"):rep(257))
  end,
}
