-- attack: a count that fails near its end, at every start
-- at: weigh
-- expect: harmless|limit-instructions|limit-time
-- result: R:m:false
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = ("a"):rep(32767)
    balance:condition("m", text.matches(s .. "!" .. s, "\\w{32768}"))
  end,
}
