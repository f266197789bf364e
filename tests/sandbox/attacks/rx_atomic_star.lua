-- attack: atomic groups within repeats, each over the whole text
-- at: weigh
-- expect: limit-instructions|limit-time|deterministic
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("m", text.matches(("a"):rep(60000), "(?:(?>a*)b|a)*c"))
  end,
}
