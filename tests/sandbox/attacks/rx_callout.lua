-- attack: callouts of the pattern own
-- at: weigh
-- expect: harmless
-- result: R:m:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("m", text.matches("xab", "(?C)a(?C255)b(?C'text')"))
  end,
}
