-- attack: a long lookbehind at every place
-- at: weigh
-- expect: harmless|limit-instructions|limit-time
-- result: R:m:false
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("m", text.matches(("a"):rep(65000), "(?<=\\w{250})(?<=\\w{249}[xy])[xyz]"))
  end,
}
