-- attack: back references to long groups
-- at: weigh
-- expect: harmless|limit-instructions|limit-time
-- result: R:m:false
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("m", text.matches(("a"):rep(60000), "^(a*)\\1[bc]"))
  end,
}
