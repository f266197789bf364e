-- attack: notes and reasons with marks that turn the line
-- at: weigh
-- expect: deterministic
-- result: R:x:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:note("\u{202E}abc\u{2028}\u{85}")
    balance:condition("x", true, "\u{2066}\u{FEFF}")
  end,
}
